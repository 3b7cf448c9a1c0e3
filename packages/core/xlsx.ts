import { strToU8, zipSync } from 'fflate'

/** What XML 1.0 has no place for. */
// eslint-disable-next-line no-control-regex -- control characters are what is taken out
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const schemas = 'http://schemas.openxmlformats.org'
const relations = `${schemas}/officeDocument/2006/relationships`
const related = (type: string, target: string) =>
  `${xml}<Relationships xmlns="${schemas}/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/${type}" Target="${target}"/></Relationships>`
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The fixed parts of a workbook with one sheet: the least of ECMA-376 that spreadsheet programs open. */
const parts = {
  '[Content_Types].xml': `${xml}<Types xmlns="${schemas}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contentType}.worksheet+xml"/></Types>`,
  '_rels/.rels': related('officeDocument', 'xl/workbook.xml'),
  'xl/workbook.xml': `${xml}<workbook xmlns="${schemas}/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': related('worksheet', 'worksheets/sheet1.xml'),
}

/** Rows as an xlsx workbook of one sheet. Every text is a cell of type text, never a formula, so nothing is calculated and long numbers keep their digits. */
export function xlsxOf(rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const cell = (value: string | number, at: string) =>
    typeof value === 'number'
      ? `<c r="${at}"><v>${value}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
  const data = rows
    .map(
      (row, number) => `<row r="${number + 1}">${row.map((value, place) => cell(value, `${letter(place)}${number + 1}`)).join('')}</row>`,
    )
    .join('')
  const sheet = `${xml}<worksheet xmlns="${schemas}/spreadsheetml/2006/main"><sheetData>${data}</sheetData></worksheet>`
  const files = Object.entries({ ...parts, 'xl/worksheets/sheet1.xml': sheet })
  // A fixed time inside the zip: the same rows make the same bytes.
  return zipSync(Object.fromEntries(files.map(([name, text]) => [name, strToU8(text)])), { mtime: '1980-01-01T00:00:00' })
}

/** A column as sheets name it: 0 → A, 26 → AA. */
const letter = (place: number): string => (place >= 26 ? letter(Math.floor(place / 26) - 1) : '') + String.fromCharCode(65 + (place % 26))

/** Text for XML, without what would still be taken for a formula once it is copied into a plain sheet. */
function escaped(text: string): string {
  const plain = text.toWellFormed().replace(forbidden, '')
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(plain) ? `'${plain}` : plain
  return safe.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
}
