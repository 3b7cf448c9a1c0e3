import { atOnce } from '@skills/core/at-once.ts'
import { readDue } from '@skills/core/due.ts'
import { lookAtFunding } from '@skills/core/funding/look-at-funding.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

/** How much one sweep takes on; what is left is still due in five minutes. */
const most = 800
const atOnceMost = 8
const by = 'system:sweep-funding'

export interface Swept {
  due: number
  returned: number
  followed: number
}

/**
 * Sends money back that was set aside and is not needed: of runs that are over, of vouchers that have ended, of programs that close, and what came back into a closed
 * pot since. The index only advises: each thing is read again and written on the condition that nobody changed it. What fails holds up nothing else.
 */
export async function sweepFunding(world: World): Promise<Swept> {
  const due = await readDue(world.table, 'funding', world.now(), most)
  const { answers, failed } = await atOnce(due, atOnceMost, (key) => lookAtFunding(world, key, by))
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-funding', event: 'money-not-returned', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not looked at: ${failed.length} of ${due.length}`)
  return {
    due: due.length,
    returned: answers.filter((one) => one === 'returned').length,
    followed: answers.filter((one) => one === 'followed').length,
  }
}

let world: World | undefined

export async function handler(): Promise<Swept> {
  return sweepFunding((world ??= realWorld()))
}
