import { atOnce } from '@skills/core/at-once.ts'
import { readDue } from '@skills/core/due.ts'
import { lapseRequests } from '@skills/core/instructor/lapse-requests.ts'
import { lookAgain } from '@skills/core/instructor/look-again.ts'
import { lookForTeachers } from '@skills/core/planning/look-for-teachers.ts'
import { keys } from '@skills/core/keys.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

/** How many runs one sweep takes on; what is left is still due in a minute. */
const mostRuns = 500
const runsAtOnce = 8
const prefix = keys.crew.key('').pk

/** Ends requests to instructors that nobody answered in time, and shuts runs of which a meeting is near that nobody teaches. Sweeps may overlap and repeat. A run that fails holds up no other and is tried again later and later; in the end an error names those. */
export async function sweepCrews(world: World): Promise<{ lapsed: number }> {
  const due = await readDue(world.table, 'crew', world.now(), mostRuns)
  const { answers, failed } = await atOnce(due, runsAtOnce, ({ pk }) => tend(world, pk.slice(prefix.length)))
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-crews', event: 'crew-not-swept', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not swept: ${failed.map(({ item }) => item.pk.slice(prefix.length)).join(' ')}`)
  return { lapsed: answers.reduce((sum, one) => sum + one, 0) }
}

/** Neither keeps a run from the other: where its requests cannot be ended it is still looked whether somebody teaches. */
async function tend(world: World, runId: string): Promise<number> {
  const failedSince = (await readCrew(world.table, runId))?.failedSince
  const [lapsed] = await Promise.allSettled([lapseRequests(world, runId)])
  const [looked] = await Promise.allSettled([lookForTeachers(world, runId)])
  const failed = [lapsed, looked].find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') {
    await lookAgain(world, runId, failedSince)
    throw failed.reason
  }
  return lapsed.status === 'fulfilled' ? lapsed.value : 0
}

let world: World | undefined

export async function handler(): Promise<{ lapsed: number }> {
  return sweepCrews((world ??= realWorld()))
}
