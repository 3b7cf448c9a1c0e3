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
