import type { World } from '../world.ts'
import { recordDone } from './chain-record.table.ts'

/** Records that somebody took data out, in an audit chain of exports of this entity. In: whose data, what was done and by whom. */
export function recordExport(world: World, of: string, action: string, by: string): Promise<void> {
  return recordDone(world, `${of}/EXPORTS`, action, by)
}
