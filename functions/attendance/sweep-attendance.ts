import { atOnce } from '@skills/core/at-once.ts'
import { creditHours } from '@skills/core/attendance/credit.table.ts'
import { lookAgain } from '@skills/core/attendance/register.table.ts'
import { readDue } from '@skills/core/due.ts'
import { keys } from '@skills/core/keys.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

/** How many runs one sweep takes on; what is left is still due in five minutes. */
const mostRuns = 100
const runsAtOnce = 4
const prefix = keys.register.key('').pk
const runOf = ({ pk }: { pk: string }) => pk.slice(prefix.length)

/**
 * Credits the hours of runs that are over for a day. Sweeps may overlap and repeat. A run that fails holds up no other and is tried again later and later, so that those which always fail do
 * not take the turn of the rest; in the end an error names those.
 */
export async function sweepAttendance(world: World): Promise<{ credited: number }> {
  const due = await readDue(world.table, 'register', world.now(), mostRuns)
  const { answers, failed } = await atOnce(due, runsAtOnce, (key) => creditHours(world, runOf(key)))
  const later = await atOnce(failed, runsAtOnce, ({ item }) => lookAgain(world, runOf(item)))
  for (const { error } of [...failed, ...later.failed])
    log({ at: world.now(), level: 'error', function: 'sweep-attendance', event: 'run-not-credited', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not credited: ${failed.map(({ item }) => runOf(item)).join(' ')}`)
  return { credited: answers.reduce((sum, one) => sum + one, 0) }
}

let world: World | undefined

export async function handler(): Promise<{ credited: number }> {
  return sweepAttendance((world ??= realWorld()))
}
