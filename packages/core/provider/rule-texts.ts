import type { RuleText } from '@skills/contract/applications.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'

const since = { from: '2026-01-01', announcedAt: '2025-12-01T00:00:00.000Z' }

/** The rules that every provider accepts, as they stood when the platform opened. Later versions are announced and lie in the table. */
const first: readonly RuleText[] = [
  {
    id: 'rul_01KAJ3V0M0000000000000000A',
    code: 'truthful',
    ...since,
    title: { zh: '材料真实与招生承诺', en: 'Truthful papers and offers' },
    text: {
      zh: '我们提交的证照、场地和师资材料真实有效，变化时十个工作日内更新。课程名称、学时、费用和证书种类如实公布，不作包过、保就业等承诺，不诱导职工为套取补贴报名。',
      en: 'Our papers, venues and instructors are as we say, and we update them within ten working days of a change. We state courses, hours, fees and certificates as they are, promise neither a pass nor a job, and talk nobody into a seat for the sake of a subsidy.',
    },
  },
  {
    id: 'rul_01KAJ3V0M0000000000000000B',
    code: 'safety',
    ...since,
    title: { zh: '场地与实训安全承诺', en: 'Safe rooms and practice' },
    text: {
      zh: '教学场地消防合格，不超员使用。高处、电工等实训配齐防护用品和持证指导人员，先讲安全再动手，发生事故立即救助并报告平台和主管部门。',
      en: 'Our rooms pass fire inspection and hold no more people than they may. Practice at height or with electricity has protective gear and licensed guidance, begins with safety, and any accident is helped and reported at once.',
    },
  },
  {
    id: 'rul_01KAJ3V0M0000000000000000C',
    code: 'refunds',
    ...since,
    title: { zh: '退费与改期规则', en: 'Refunds and changes' },
    text: {
      zh: '按课程公布的退费规则退款，不另设条件。机构取消或改期的，学员可以全额退款；改期、换地点提前通知，已报名学员的权益不受影响。',
      en: 'We refund by the published policy and add no conditions. Where we cancel or move a run, learners may have all of it back; changes are told ahead, and whoever is enrolled keeps her rights.',
    },
  },
  {
    id: 'rul_01KAJ3V0M0000000000000000D',
    code: 'data',
    ...since,
    title: { zh: '学员个人信息保护', en: 'Personal data of learners' },
    text: {
      zh: '学员信息只用于本期教学、考勤和证书，按需查看并留痕，不转给他人，不用于推销，教学结束后按期删除。',
      en: 'We use learners’ data for teaching, attendance and certificates of the run only, look at it when needed and on record, pass it to nobody, advertise with none of it, and delete it in time.',
    },
  },
]

/** How long before it holds a new rule is made public, days (E-Commerce Law art. 34: at least seven). */
const announcedDays = 7

/** The rules by a day: of each code the newest version that holds, and every version that will hold. `later`: the versions in the table. */
export function rulesOn(later: readonly RuleText[], now: string): { current: RuleText[]; announced: RuleText[] } {
  const today = dateAt(now)
  const all = [...first, ...later].sort((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1))
  const holds = all.filter(({ from }) => from <= today)
  return {
    current: first.flatMap(({ code }) => holds.findLast((rule) => rule.code === code) ?? []),
    announced: all.filter(({ from }) => from > today),
  }
}

/** Refuses `validation-failed` for a rule that would hold before seven whole days have passed. */
export function mustBeAhead(from: string, now: string): void {
  const earliest = dateAt(plusMinutes(instantOf(dateAt(now), '00:00'), (announcedDays + 1) * 24 * 60))
  if (from >= earliest) return
  const detail = {
    zh: `规则变更至少提前七天公示（电子商务法第三十四条），最早可从 ${earliest} 起施行。`,
    en: `A change of rules is made public seven days ahead at least (E-Commerce Law, article 34); the first possible day is ${earliest}.`,
  }
  throw new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/from', code: 'too-early', detail }] })
}
