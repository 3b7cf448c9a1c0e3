import type { Nominee } from '@skills/contract/employers.routes.ts'
import type { RefusalCode } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import type * as z from 'zod/mini'

type Obstacle = z.infer<typeof Nominee>['obstacles'][number]

const say = (zh: string, en: string): Text => ({ zh, en })

/**
 * What an employer is told of what stands in the way of a nominated person: enough to act on, and nothing of her other trainings, certificates or missed runs (PIPL art. 6
 * and 23). Codes that are not here are said as `not-now`.
 */
const sentences: Partial<Record<RefusalCode | 'not-registered' | 'not-now', Text>> = {
  'not-registered': say(
    '没有以这个姓名和号码登记的人（或两者不一致）。可以先邀请，本人登记后就能看到。',
    'Nobody is registered with this name and number (or they do not go together). You can invite: they see it once they register.',
  ),
  'consent-required': say('本人还没有同意个人信息告知书。', 'The person has not accepted the personal data notice yet.'),
  'profile-incomplete': say('本人的资料还没有填完整。', 'The person’s profile is not complete.'),
  'already-enrolled': say('已经报名这一期。', 'The person has a seat in this run already.'),
  'schedule-overlap': say('这个时间已有其他安排。', 'The person has something else at this time.'),
  'condition-not-met': say('不符合这一期的报名条件。', 'The person does not meet the entry conditions of this run.'),
  'run-cancelled': say('这一期已取消。', 'This run was cancelled.'),
  'registration-not-open': say('报名还没有开始。', 'Registration is not open yet.'),
  'registration-closed': say('报名已经结束。', 'Registration has closed.'),
  'not-now': say('暂时不能报名，原因请本人登录查看。', 'The person cannot enroll for now, and can see why after signing in.'),
}

/** An obstacle as an employer sees it. In: the code of the refusal that a claim would meet, or `not-registered`. */
export function nomineeObstacle(code: RefusalCode | 'not-registered'): Obstacle {
  const known = sentences[code]
  const notNow = sentences['not-now'] as Text
  return known === undefined ? { code: 'not-now', detail: notNow } : { code, detail: known }
}
