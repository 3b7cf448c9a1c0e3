import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import type { Text } from '@skills/contract/text.ts'

const say = (zh: string, en: string): Text => ({ zh, en })

/** What can be said of a row of a roster: a stable code and a sentence. None of them holds a value of the sheet. */
const remarks = {
  required: say('这一格必须填写。', 'This cell must be filled in.'),
  'number-missing': say('身份证号和手机号至少填一项。', 'Fill in the ID number or the mobile number.'),
  'id-precision-lost': say(
    '身份证号被表格软件当作数字，末几位已丢失。请把整列设为文本，重新填写。',
    'A spreadsheet took the ID for a number and lost its last digits. Make the column text and fill it in again.',
  ),
  date: say('请填日期，如 2027-12-31。', 'Write a date such as 2027-12-31.'),
  'date-serial': say(
    '这是表格软件的日期序号，请把单元格设为文本后填 2027-12-31。',
    'This is a serial number of a spreadsheet date. Make the cell text and write 2027-12-31.',
  ),
  'out-of-range': say('有效期应在今天之后、五年之内。', 'The membership must end after today and within five years.'),
  'row-repeated': say('这个人在前面的行已经出现过。', 'This person stands in an earlier row.'),
  unmatched: say(
    '还没有这个人的注册信息（或姓名与号码不一致）。标记已备好，本人登记后自动生效。',
    'Nobody has registered with this name and number. The flag waits and holds once they do.',
  ),
} satisfies Record<string, Text>

export type RosterRemarkCode = keyof typeof remarks

/** A remark on a cell (or, without a column, on its row). */
export function rosterRemark(row: number, column: string | null, code: RosterRemarkCode): ImportRemark {
  return { row, column, code, detail: remarks[code] }
}
