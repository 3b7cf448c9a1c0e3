import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { columnKeys, columns, type ColumnKey } from './import-columns.ts'
import { readSheetFile } from './import-file.ts'
import { readImport } from './import-read.ts'
import { importTemplate } from './import-template.ts'

type Cell = string | number | { serial: number }
const heading = columnKeys.map((key) => columns[key].zh)
const first = importTemplate().slice(1).split('\r\n')[1]!.slice(1, -1).split('","')
const at = (key: ColumnKey) => columnKeys.indexOf(key)

test('a workbook is read by its bytes: texts, numbers and date cells', async () => {
  const row: Cell[] = [...first]
  row[at('capacity')] = 40
  row[at('fee')] = 980.1
  row[at('opens')] = { serial: 46357.375 }
  const { encoding, good, remarks } = await readImport(workbook([heading, row]))
  expect({ encoding, remarks }).toEqual({ encoding: 'xlsx', remarks: [] })
  expect(good[0]!.value.course.feeFen).toBe(98_010)
  expect(good[0]!.value.run).toMatchObject({ opensAt: '2026-12-01T01:00:00.000Z', capacity: 40 })
})

test('blank rows of a workbook keep the numbers of the others', async () => {
  const bad: Cell[] = [...first]
  bad[at('capacity')] = 'x'
  const { remarks } = await readImport(workbook([heading, [], first, bad]))
  expect(remarks.map((one) => one.row)).toEqual([4])
})

test('a formula-led text and an unformatted date number are refused with a reason', async () => {
  const row: Cell[] = [...first]
  row[at('title')] = '=1+1'
  row[at('closes')] = 46376.75
  const { remarks } = await readImport(workbook([heading, row]))
  expect(remarks.map((one) => one.code)).toEqual(['formula', 'date-serial'])
})

test('a workbook that unpacks to too much is refused before it is unpacked', async () => {
  const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(90_000_000) }, { level: 1 })
  await expect(readSheetFile(bomb)).rejects.toMatchObject({ members: { reasonCode: 'workbook-too-large' } })
})

/** A workbook as spreadsheet programs write it: inline texts, numbers, and a date style for serial numbers. */
function workbook(rows: Cell[][]): Uint8Array {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const cell = (value: Cell) =>
    typeof value === 'number'
      ? `<c><v>${value}</v></c>`
      : typeof value === 'string'
        ? `<c t="inlineStr"><is><t>${escape(value)}</t></is></c>`
        : `<c s="1"><v>${value.serial}</v></c>`
  const letters = (index: number): string =>
    (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
  const line = (cells: Cell[], row: number) =>
    `<row r="${row + 1}">${cells.map((value, column) => cell(value).replace('<c', `<c r="${letters(column)}${row + 1}"`)).join('')}</row>`
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const files = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.map(line).join('')}</sheetData></worksheet>`,
  }
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`)])),
  )
}
