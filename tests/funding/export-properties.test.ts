import { readSheetFile } from '@skills/core/catalog/import-file.ts'
import { csvOf } from '@skills/core/csv.ts'
import { xlsxOf } from '@skills/core/xlsx.ts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

const mark = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', '"', '')
const cell = fc.tuple(mark, fc.string({ unit: 'binary', maxLength: 12 })).map((parts) => parts.join(''))
const live = /^[=+\-@\t\r\n\0＝＋－＠]/

it('whatever a cell says, no spreadsheet takes it for a formula', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (cells) => {
      const [row] = (await readSheetFile(xlsxOf([['x', ...cells]]))).rows
      expect(row?.filter((text) => live.test(text))).toEqual([])
      for (const quoted of csvOf([cells])
        .slice(1)
        .matchAll(/"((?:[^"]|"")*)"/g))
        expect(quoted[1]).not.toMatch(live)
    }),
    { numRuns: 1_000 },
  )
})

it('what a spreadsheet would take for a power of ten stays a text', () => {
  const numbers = ['914600000000E12345', '91E7', '1.5e+3', '912345678901234567']
  expect(csvOf([numbers]).slice(1)).toBe(`${numbers.map((number) => `"'${number}"`).join(',')}\r\n`)
  expect(csvOf([['E7', '12.50', '91E7X']]).slice(1)).toBe('"E7","12.50","91E7X"\r\n')
})
