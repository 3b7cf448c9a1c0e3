import { Refusal } from '@skills/contract/refusals.ts'
import { dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { keys } from '../keys.ts'
import type { Item } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'

/** Of whose messages of a day in a run is counted: a person's, or the run's announcements, whoever of the provider writes them. */
export type Speaker = { personId: string; answers: boolean } | 'announcements'

/** The key of a speaker's count. */
export const spokenKey = (runId: string, speaker: Speaker) =>
  keys.spoken.key(runId, speaker === 'announcements' ? speaker : speaker.personId)

/**
 * The step that counts one more message of today (Beijing), in the message's own transaction, so that neither a refused nor a repeated one counts. Refuses `said-enough` until midnight.
 * Fails by name: `spoken`, when another message was counted meanwhile.
 */
export function spokenStep(world: World, runId: string, speaker: Speaker, before: Item | undefined): Step {
  const { announcements, questions, answers } = world.limits
  const most = speaker === 'announcements' ? announcements : speaker.answers ? answers : questions
  const day = dateAt(world.now())
  const count = before?.['day'] === day ? (before['count'] as number) : 0
  const midnight = plusMinutes(instantOf(day, '00:00'), 24 * 60)
  if (count >= most)
    throw new Refusal(
      'said-enough',
      { most, until: midnight },
      { retryAfterSeconds: Math.ceil((Date.parse(midnight) - Date.parse(world.now())) / 1000) },
    )
  const item = { ...spokenKey(runId, speaker), day, count: count + 1, expiresAt: Math.ceil(Date.parse(midnight) / 1000) + 7 * 24 * 3_600 }
  return {
    name: 'spoken',
    put: {
      item,
      ...(before === undefined
        ? { condition: 'attribute_not_exists(pk)' }
        : {
            condition: '#day = :day AND #count = :count',
            names: { '#day': 'day', '#count': 'count' },
            values: { ':day': before['day'], ':count': before['count'] },
          }),
    },
  }
}
