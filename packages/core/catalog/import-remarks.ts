import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import { fill, type Text } from '@skills/contract/text.ts'

const say = (zh: string, en: string): Text => ({ zh, en })

/** What can be wrong with a cell or a row: a stable code and a sentence that says what to do. `{…}` holds limits and names of columns, never a value. */
const remarks = {
  required: say('这一格必须填写。', 'This cell must be filled in.'),
  'too-long': say('最多 {max} 个字符，请缩短。', 'At most {max} characters. Please shorten it.'),
  formula: say('不能以 = + - @ 开头，请改成普通文字或数值。', 'A cell may not begin with = + - @. Write plain text or a plain number.'),
  'control-character': say('含有看不见的控制字符，请重新输入。', 'It holds invisible control characters. Please type it again.'),
  'unreadable-characters': say(
    '含有无法识别的字符（可能混用了编码），请重新输入。',
    'It holds characters that cannot be read (mixed encodings?). Please type it again.',
  ),
  'too-many-cells': say('这一行的格数比表头多，请检查逗号和引号。', 'This row has more cells than the heading. Check commas and quotes.'),
  code: say('只能用字母、数字和 -，最多 40 个。', 'Only letters, digits and -, at most 40.'),
  integer: say('请填 {min} 到 {max} 的整数。', 'Write a whole number from {min} to {max}.'),
  money: say('请填金额，单位元，如 1280 或 1280.50。', 'Write an amount in yuan such as 1280 or 1280.50.'),
  'not-whole-fen': say('金额最多两位小数。', 'An amount has at most two decimals.'),
  'too-expensive': say('金额不能超过 {max} 元。', 'An amount may be at most {max} yuan.'),
  'yes-no': say('请填“是”或“否”。', 'Write 是 (yes) or 否 (no).'),
  state: say('请填“草稿”或“发布”。', 'Write 草稿 (draft) or 发布 (published).'),
  'unknown-term': say('不在分类表里，请填分类表中的名称或代码。', 'Not in the taxonomy. Write a name or a code of it.'),
  language: say('请填“中文”“英文”或两者。', 'Write zh, en or both.'),
  'date-time': say('请填北京时间，如 2026-12-01 09:00。', 'Write Beijing time such as 2026-12-01 09:00.'),
  'date-serial': say(
    '这是表格软件的日期序号，请把单元格设为文本后填 2026-12-01 09:00。',
    'This is a serial number of a spreadsheet date. Make the cell text and write 2026-12-01 09:00.',
  ),
  meetings: say(
    '第 {n} 段上课时间看不懂，请写成“2026-12-01 18:30-20:30 理论”或“2026-12-01..2026-12-29 每周二四 18:30-20:30 理论”。',
    'Part {n} cannot be read. Write "2026-12-01 18:30-20:30 理论" or "2026-12-01..2026-12-29 每周二四 18:30-20:30 理论".',
  ),
  'meeting-ends-first': say('第 {n} 段上课时间的结束不晚于开始。', 'Part {n} ends before it begins.'),
  'meeting-none': say('第 {n} 段的日期范围里没有所写的星期。', 'Part {n} has none of its weekdays between its dates.'),
  'meetings-overlap': say('上课时间互相重叠。', 'Meetings of this run overlap each other.'),
  'meetings-too-many': say('一期最多 {max} 次课。', 'A run has at most {max} meetings.'),
  'outcomes-differ': say(
    '中英文学习成果的条数不同，请一一对应。',
    'The Chinese and English outcomes differ in number. Match them one by one.',
  ),
  image: say(
    '请写本站图片的地址和大小，如“/art/coffee.svg 1200x750”，并填写图片说明。',
    'Write the address and size of a picture of this site such as "/art/coffee.svg 1200x750", and say what it shows.',
  ),
  'age-range': say('年龄上限小于下限。', 'The upper age is below the lower one.'),
  'level-missing': say('职业技能等级课程必须填写等级。', 'A skill-level course needs its level.'),
  'level-not-for-family': say('只有职业技能等级课程才填等级。', 'Only a skill-level course has a level.'),
  'trade-not-for-family': say(
    '工种与证书类别不符：特种作业只能选特种作业目录里的操作项目，其他类别不能选。',
    'Trade and family do not go together: special operations take an item of their catalogue, other families none of it.',
  ),
  'special-operations-conditions': say(
    '特种作业课程须写明：年满 18 周岁、初中及以上学历、健康承诺。',
    'A special-operations course must require age 18, junior middle school and the health commitment.',
  ),
  'closes-before-opens': say('报名截止不晚于报名开始。', 'Registration closes before it opens.'),
  'closes-after-start': say('报名截止晚于第一次上课。', 'Registration closes after the first meeting begins.'),
  'above-room': say('名额超过教室容量（{max}）。', 'The capacity is above that of the room ({max}).'),
  'venue-needed': say('有到场的课，必须填写场地和教室。', 'Some meetings are on site: venue and room must be filled in.'),
  'published-in-draft': say('课程还是草稿，这一期不能发布。', 'The course is a draft, so its run cannot be published.'),
  'run-repeated': say('这个期编码在第 {row} 行已经出现过。', 'This run code already stands in row {row}.'),
  conflict: say('与第 {row} 行同一编码的内容不一致。', 'It differs from row {row}, which has the same code.'),
} satisfies Record<string, Text>

export type RemarkCode = keyof typeof remarks

/** A remark on a cell (or, without a column, on its row) with its sentence filled. */
export function remark(row: number, column: string | null, code: RemarkCode, values: Record<string, string | number> = {}): ImportRemark {
  return { row, column, code, detail: { zh: fill(remarks[code].zh, values), en: fill(remarks[code].en, values) } }
}
