import { readFileSync } from 'node:fs'
import { tablePage } from '@skills/core/table-page.ts'
import { expect, it } from 'vitest'

it('TABLE.md is what `npm run docs` writes', () => {
  expect(readFileSync('packages/core/TABLE.md', 'utf8')).toBe(tablePage())
})
