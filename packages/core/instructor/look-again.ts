import { plusMinutes } from '@skills/contract/time.ts'
import { indexes, keys } from '../keys.ts'
import { readCrew } from '../scheduling/crew.table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'

/** A crew that could not be looked at is looked at again after a pause as long as it has failed so far; minutes. Short: registration may have to be closed meanwhile. */
const leastPause = 2
const mostPause = 30

/**
 * Lays a crew that failed in a sweep behind the others that are due, so that those that always fail fill no turn of it; whatever else is written into the crew ends that. In: since when it
 * fails (undefined: since now). Nothing is changed where somebody wrote it meanwhile. It is no change of the crew, so it has no audit entry.
 */
export async function lookAgain(world: World, runId: string, failedSince: string | undefined): Promise<void> {
  const crew = await readCrew(world.table, runId)
  if (crew === undefined) return
  const now = world.now()
  const since = failedSince ?? now
  const failing = Math.floor((Date.parse(now) - Date.parse(since)) / 60_000)
  await transact(
    world,
    undefined,
    [
      {
        name: 'crew',
        update: {
          key: keys.crew.key(runId),
          set: 'SET #due = :again, failedSince = :since',
          condition: 'version = :before AND #due <= :now',
          names: { '#due': indexes.due.sk },
          values: {
            ':again': plusMinutes(now, Math.min(mostPause, Math.max(leastPause, failing))),
            ':since': since,
            ':before': crew.version,
            ':now': now,
          },
        },
      },
    ],
    true,
  )
}
