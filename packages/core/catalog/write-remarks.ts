import type { ImportRemark } from '@skills/contract/catalog.routes.ts'
import type { Text } from '@skills/contract/text.ts'

const say = (zh: string, en: string): Text => ({ zh, en })

/** Why a row that reads well was not written. */
const remarks = {
  'capacity-below-taken': say(
    '已被占用的名额多于新的名额，不能减到这么少。',
    'More seats are taken than the new capacity has; it cannot be lowered so far.',
  ),
  'not-your-provider': say(
    '这一行是别的机构的，只能导入您自己机构的课程。',
    'This row is of another provider. Only your own courses can be imported.',
  ),
  'venue-unknown': say(
    '场地或教室还没有通过审核，请先在机构资料里申报。',
    'This venue or room was not approved. Apply for it in the provider’s papers first.',
  ),
  'may-not-offer': say(
    '机构已被暂停或受到处理、办学许可已到期，或这个工种不在批准的办学范围内（要管到最后一次课），不能公开这一期。',
    'The provider is suspended or under a sanction, its licence is over, or its approved scope does not cover this trade until the last meeting: the run cannot be made public.',
  ),
  'venue-unsafe': say(
    '这一行的场地消防安全证明已到期，正在报名的班次不能改到那里。',
    'The fire-safety proof of this row’s venue is over; a run that takes people cannot be moved there.',
  ),
  'sooner-than-notice': say(
    '已公开的班次，课提前至少提前 24 小时，加课至少提前七天。',
    'In a public run a meeting is brought forward 24 hours ahead at least, and added seven days ahead.',
  ),
  'run-over': say('这一期已结束或已取消，不能再改。', 'This run is over or cancelled and cannot be changed any more.'),
  'planned-in-console': say(
    '这一期已在机构工作台排好教室或师资，请在那里修改。',
    'Rooms or instructors of this run are planned in the provider console. Change it there.',
  ),
  'run-of-another-course': say('这个期编码已属于该机构的另一门课程。', 'This run code belongs to another course of the provider.'),
  'changed-meanwhile': say(
    '写入时有人同时修改了它，请再导入一次同一个文件。',
    'Somebody changed it at the same time. Import the same file once more.',
  ),
  'not-written': say(
    '系统繁忙，这一行没有写入，请再导入一次同一个文件。',
    'The table was busy and this row was not written. Import the same file once more.',
  ),
  'out-of-time': say(
    '时间不够，这一行还没有处理，请再导入一次同一个文件，会接着做。',
    'Time ran out before this row. Import the same file once more; it goes on where it stopped.',
  ),
} satisfies Record<string, Text>

export type WriteRemarkCode = keyof typeof remarks

/** A remark on a whole row. */
export function writeRemark(row: number, code: WriteRemarkCode, column: string | null = null): ImportRemark {
  return { row, column, code, detail: remarks[code] }
}
