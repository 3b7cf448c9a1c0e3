import { atOnce } from '@skills/core/at-once.ts'
import { readDue } from '@skills/core/due.ts'
import { lapseRequests } from '@skills/core/instructor/lapse-requests.ts'
import { lookForTeachers } from '@skills/core/planning/look-for-teachers.ts'
import { keys } from '@skills/core/keys.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

/** How many runs one sweep takes on; what is left is still due in a minute. */
const mostRuns = 500
const runsAtOnce = 8
const prefix = keys.crew.key('').pk

/** Ends requests to instructors that nobody answered in time, and shuts runs of which a meeting is near that nobody teaches. Sweeps may overlap and repeat. A run that fails holds up no other; in the end an error names those. */
export async function sweepCrews(world: World): Promise<{ lapsed: number }> {
  const due = await readDue(world.table, 'crew', world.now(), mostRuns)
  const { answers, failed } = await atOnce(due, runsAtOnce, ({ pk }) => tend(world, pk.slice(prefix.length)))
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-crews', event: 'crew-not-swept', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not swept: ${failed.map(({ item }) => item.pk.slice(prefix.length)).join(' ')}`)
  return { lapsed: answers.reduce((sum, one) => sum + one, 0) }
}

async function tend(world: World, runId: string): Promise<number> {
  const ended = await lapseRequests(world, runId)
  await lookForTeachers(world, runId)
  return ended
}

let world: World | undefined

export async function handler(): Promise<{ lapsed: number }> {
  return sweepCrews((world ??= realWorld()))
}
