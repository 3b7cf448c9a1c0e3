import fc from 'fast-check'
import { unzipSync, strFromU8 } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { expect, it } from 'vitest'
import { xlsxOf } from './xlsx.ts'

const read = (rows: (string | number)[][]) => readSheet(new Uint8Array(xlsxOf(rows)).buffer, { trim: false })

it('a workbook holds what was put in: long numbers as text, amounts as numbers, far columns in their place', async () => {
  const wide = Array.from({ length: 30 }, (_, place) => `c${place}`)
  expect(await read([['110105199003077758', 12.5, '<b>&"', ' 空格 '], wide])).toEqual([
    ['110105199003077758', 12.5, '<b>&"', ' 空格 ', ...Array.from({ length: 26 }, () => null)],
    wide,
  ])
})

it('no cell is a formula or could become one, whatever it says', () => {
  const first = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠', '')
  fc.assert(
    fc.property(first, fc.string({ unit: 'binary', maxLength: 12 }), (mark, rest) => {
      const sheet = strFromU8(unzipSync(xlsxOf([[`${mark}${rest}`]]))['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
      expect(sheet).not.toMatch(/<f[ >]/)
      expect(sheet).not.toMatch(/<t [^>]*>[=+\-@\t\r\n＝＋－＠]/)
    }),
  )
})
