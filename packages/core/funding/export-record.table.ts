import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readRange } from '../table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { untilDone } from './until-done.ts'

/** Records that somebody took data out, in an audit chain of exports of this entity. In: whose data, what was done and by whom. */
export async function recordExport(world: World, of: string, action: string, by: string): Promise<void> {
  const entity = `${of}/EXPORTS`
  await untilDone(world, undefined, async () => {
    const [last] = await readRange(world.table, { pk: keys.audit.key(entity, '').pk, backward: true, limit: 1 })
    const before = last === undefined ? undefined : { version: Number(last['version']), auditHash: String(last['hash']) }
    return transact(world, undefined, [auditStep({ entity, action, by, at: world.now() }, before).step], null)
  })
}
