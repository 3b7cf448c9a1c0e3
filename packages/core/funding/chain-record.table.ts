import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readRange } from '../table.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { untilDone } from './until-done.ts'

/**
 * Records what was done with something that has no version of its own to carry it: exports of a program, rosters of a union. In: the name of its audit chain, what
 * was done and by whom; `more` goes with it in the same transaction.
 */
export async function recordDone(
  world: World,
  entity: string,
  action: string,
  by: string,
  more: () => Promise<Step[]> = none,
): Promise<void> {
  await untilDone(world, undefined, async () => {
    const [last] = await readRange(world.table, { pk: keys.audit.key(entity, '').pk, backward: true, limit: 1 })
    const before = last === undefined ? undefined : { version: Number(last['version']), auditHash: String(last['hash']) }
    return transact(
      world,
      undefined,
      [auditStep({ entity, action, by, at: world.now(), own: false }, before).step, ...(await more())],
      null,
    )
  })
}

const none = () => Promise.resolve([])
