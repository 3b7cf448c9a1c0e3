import { unzipSync, strFromU8 } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { expect, it } from 'vitest'
import { xlsxOf } from './xlsx.ts'

it('a workbook holds what was put in: long numbers as text, amounts as numbers, far columns in their place', async () => {
  const wide = Array.from({ length: 30 }, (_, place) => `c${place}`)
  const book = xlsxOf([['110105199003077758', 12.5, '<b>&"', ' 空格 '], wide])
  expect(await readSheet(new Uint8Array(book).buffer, { trim: false })).toEqual([
    ['110105199003077758', 12.5, '<b>&"', ' 空格 ', ...Array.from({ length: 26 }, () => null)],
    wide,
  ])
})

it.each(['=1+1', '+86', '-2+3', '@SUM(A1)', '\tx', '\rx', '\u0000=1', '＝1', '＋1', '－1', '＠1'])(
  'no cell becomes a formula: %j',
  (text) => {
    const sheet = strFromU8(unzipSync(xlsxOf([[text]]))['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).not.toMatch(/<f[ >]/)
    expect(sheet).toMatch(/<t xml:space="preserve">'/)
  },
)
