import type { RosterLine, SoFar } from '@skills/contract/learners.routes.ts'
import type { Language, Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import { fitting, type FileLimits } from '../csv.ts'

type Row = (string | number)[]

const headings: Text[] = [
  { zh: '报名编号', en: 'Enrollment' },
  { zh: '姓名（脱敏）', en: 'Name (masked)' },
  { zh: '状态', en: 'State' },
  { zh: '报名时间（北京）', en: 'Enrolled (Beijing)' },
  { zh: '到课次数', en: 'Meetings attended' },
  { zh: '已考勤次数', en: 'Meetings with attendance' },
  { zh: '计入分钟', en: 'Minutes that count' },
  { zh: '结果', en: 'Outcome' },
]
const states: Record<RosterLine['state'], Text> = { active: { zh: '在读', en: 'enrolled' }, cancelled: { zh: '已退出', en: 'left' } }
const outcomes: Record<NonNullable<SoFar['outcome']>, Text> = {
  completed: { zh: '已完成', en: 'completed' },
  incomplete: { zh: '未修满', en: 'incomplete' },
  'no-show': { zh: '未到', en: 'never came' },
  'not-taken': { zh: '没有考勤', en: 'attendance not taken' },
}

interface About {
  title: Text
  code: string
  by: string
  at: string
  language: Language
  limits: FileLimits
  /** Whether more people are on the roster than were read. */
  more: boolean
}

/** A roster as rows for a spreadsheet: names masked, and in the last row who took it and when. What is past the limits is left out, and a row says so. */
export function rosterSheet(lines: readonly RosterLine[], { title, code, by, at, language, limits, more }: About): Row[] {
  const rows = lines.map(({ enrollmentId, maskedName, state, claimedAt, soFar }): Row => {
    const outcome = soFar?.outcome ?? null
    const sums = soFar === null ? ['', '', ''] : [soFar.came, soFar.taken, soFar.minutes]
    return [
      enrollmentId,
      maskedName,
      states[state][language],
      stamp(claimedAt),
      ...sums,
      outcome === null ? '' : outcomes[outcome][language],
    ]
  })
  const shown = fitting(rows, { ...limits, rows: limits.rows - 10 })
  const notAll: Row[] =
    more || shown.length < rows.length
      ? [[language === 'zh' ? '未完：其余学员请在页面查看。' : 'Not all: the others stand on the page.']]
      : []
  const taken = language === 'zh' ? `导出：${by}，${stamp(at)}` : `Exported by ${by}, ${stamp(at)}`
  return [
    [`${title[language]} · ${code}`],
    headings.map((heading) => heading[language]),
    ...shown.map((row) => [...row]),
    ...notAll,
    [taken],
  ]
}

const stamp = (instant: string) => `${dateAt(instant)} ${clockAt(instant)}`
