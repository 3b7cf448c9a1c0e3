import type { SanctionGrade } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'

/** A sanction that keeps a provider from publishing; `endsAt` null: for good. */
export interface Bar {
  sanctionId: string
  grade: Exclude<SanctionGrade, 'warning'>
  endsAt: string | null
}

/** What keeps a provider from publishing, as its item holds it. What has ended by the clock and was not written down yet keeps from nothing. */
export interface Conduct extends History {
  providerId: string
  entity: string
  bars: Bar[]
}

/** The bars that hold at an instant. */
export function barsAt(conduct: Pick<Conduct, 'bars'> | undefined, now: string): Bar[] {
  return (conduct?.bars ?? []).filter(({ endsAt }) => endsAt === null || endsAt > now)
}

/** Whether registration is to stay closed at an instant. */
export function isClosedBySanction(conduct: Pick<Conduct, 'bars'> | undefined, now: string): boolean {
  return barsAt(conduct, now).some(({ grade }) => grade !== 'no-new-runs')
}

/** Refuses `provider-sanctioned` where a provider may neither publish nor open registration, with until when. */
export function mustBeFree(conduct: Pick<Conduct, 'bars'> | undefined, now: string): void {
  const bars = barsAt(conduct, now)
  if (bars.length === 0) return
  const ends = bars.map(({ endsAt }) => endsAt)
  const last = ends.includes(null) ? null : (ends.sort().at(-1) ?? null)
  const until: Text =
    last === null
      ? { zh: '没有期限，除非申诉成立', en: 'without an end, unless an appeal lifts it' }
      : { zh: `到 ${dateAt(last)} ${clockAt(last)}`, en: `until ${dateAt(last)} ${clockAt(last)}` }
  throw new Refusal('provider-sanctioned', { until, grades: bars.map(({ grade }) => grade) })
}
