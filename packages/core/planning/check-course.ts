import type { CourseInput, PlanReason } from '@skills/contract/planning.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import type * as z from 'zod/mini'
import { termOf, tradeOf } from '../catalog/taxonomy.ts'
import { leastHoursFor } from './hours-table.ts'

const say = (zh: string, en: string): Text => ({ zh, en })
type Remark = z.infer<typeof PlanReason>

const wrongs = {
  'industry-unknown': say('行业不在分类表里。', 'The taxonomy has no such industry.'),
  'trade-unknown': say('工种不在分类表里。', 'The taxonomy has no such trade.'),
  'trade-of-another-family': say(
    '特种作业操作证的课程必须选特种作业目录里的工种，其他课程不能选。',
    'A course for a special operations licence needs a trade of that catalogue, and no other course may have one.',
  ),
  'trade-needed': say('这一类证书必须写明工种。', 'A course of this family needs a trade.'),
  'level-needed': say('职业技能等级课程必须写明等级。', 'A skill-level course needs its level.'),
  'level-unfitting': say('特种作业操作证不分技能等级。', 'A special operations licence has no skill level.'),
  'hours-missing': say('理论和实操课时不能都是 0。', 'Theory and practice hours cannot both be 0.'),
  'hours-below': say('课时低于规定。', 'The hours are below what is prescribed.'),
  'age-order': say('年龄上限小于下限。', 'The greatest age is below the least.'),
  duplicate: say('与另一项重复。', 'It repeats another one.'),
} satisfies Record<string, Text>

/**
 * Judges what a provider writes of a course beyond its shape. Out: remarks that advise (hours below a figure that nobody has confirmed yet). Refuses `validation-failed` with every
 * error at once. `region` is the provider's, for the hours table.
 */
export function checkCourse(input: CourseInput, region: string): Remark[] {
  const errors: FieldError[] = []
  const wrong = (pointer: string, code: keyof typeof wrongs, detail: Text = wrongs[code]) =>
    errors.push({ pointer: `#/${pointer}`, code, detail })
  const { trade, family, level, theoryHours, practiceHours } = input
  if (termOf('industries', input.industry)?.code !== input.industry) wrong('industry', 'industry-unknown')
  const known = trade === null ? undefined : tradeOf(trade)
  if (trade !== null && known?.code !== trade) wrong('trade', 'trade-unknown')
  else if (trade !== null && (termOf('specialOperations', trade)?.code === trade) !== (family === 'special-operations'))
    wrong('trade', 'trade-of-another-family')
  if (trade === null && family !== 'training-completion') wrong('trade', 'trade-needed')
  if (family === 'skill-level' && level === null) wrong('level', 'level-needed')
  if (family === 'special-operations' && level !== null) wrong('level', 'level-unfitting')
  if (theoryHours + practiceHours === 0) wrong('theoryHours', 'hours-missing')
  const kinds = input.conditions.map((one) => (one.kind === 'certificate' ? `${one.kind} ${one.trade}` : one.kind))
  input.conditions.forEach((condition, place) => {
    if (kinds.indexOf(kinds[place] ?? '') < place) wrong(`conditions/${place}`, 'duplicate')
    if (condition.kind === 'age' && condition.min !== undefined && condition.max !== undefined && condition.max < condition.min)
      wrong(`conditions/${place}/max`, 'age-order')
    if (condition.kind === 'certificate' && tradeOf(condition.trade)?.code !== condition.trade)
      wrong(`conditions/${place}/trade`, 'trade-unknown')
  })
  const remarks: Remark[] = []
  const least = leastHoursFor(trade, region)
  if (least !== undefined && (theoryHours < least.theoryHours || practiceHours < least.practiceHours)) {
    const words = say(
      `课时低于参考值：理论 ${least.theoryHours}、实操 ${least.practiceHours}（${least.source.zh}，${least.seenOn} 查看）。`,
      `The hours are below the figure known: theory ${least.theoryHours}, practice ${least.practiceHours} (${least.source.en}; seen ${least.seenOn}).`,
    )
    if (least.binding) wrong('theoryHours', 'hours-below', words)
    else remarks.push({ code: 'hours-below', pointer: '#/theoryHours', words })
  }
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors: errors.slice(0, 20) })
  return remarks
}
