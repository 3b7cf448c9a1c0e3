import { writeFileSync } from 'node:fs'
import { tablePage } from '@skills/core/table-page.ts'

/** `npm run docs`: writes the pages that are made from code. */
writeFileSync('packages/core/TABLE.md', tablePage())
console.log('packages/core/TABLE.md is up to date.')
