import type { Meeting } from '@skills/contract/catalog.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt, plusMinutes } from '@skills/contract/time.ts'

/** How long ahead people must hear of what a public run asks of them, in minutes: a meeting that begins sooner than was published, and one that is added. House rule; provider rules say it too. */
const leastNotice = { sooner: 24 * 60, added: 7 * 24 * 60 } as const

/**
 * What is wrong with a meeting of a public run that was moved or added: it would begin sooner than it did within a day from now, or is new within a week. Undefined: nothing. Moving
 * later needs no notice, so that a typhoon can be waited out. In: the meeting as it was, undefined for a new one.
 */
export function tooSoon(
  meeting: Pick<Meeting, 'startsAt'>,
  before: Pick<Meeting, 'startsAt'> | undefined,
  now: string,
): { code: 'sooner-than-notice' | 'added-too-soon'; words: Text } | undefined {
  if (before !== undefined && meeting.startsAt >= before.startsAt) return undefined
  const code = before === undefined ? 'added-too-soon' : 'sooner-than-notice'
  const earliest = plusMinutes(now, before === undefined ? leastNotice.added : leastNotice.sooner)
  if (meeting.startsAt >= earliest) return undefined
  const at = `${dateAt(earliest)} ${clockAt(earliest)}`
  const words =
    before === undefined
      ? {
          zh: `已公开的班次加课，至少提前七天通知，最早 ${at} 开始。`,
          en: `A meeting is added to a public run seven days ahead: it begins at ${at} at the earliest.`,
        }
      : {
          zh: `已公开的班次，课提前要至少提前 24 小时通知，最早 ${at} 开始；往后改不受限。`,
          en: `A meeting of a public run is brought forward 24 hours ahead: it begins at ${at} at the earliest. Moving it later is always possible.`,
        }
  return { code, words }
}
