import { atOnce } from '@skills/core/at-once.ts'
import { readDue } from '@skills/core/due.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { moveComplaint } from '@skills/core/quality/change-complaint.ts'
import { closeForSanction } from '@skills/core/quality/close-for-sanction.ts'
import { readComplaint } from '@skills/core/quality/complaint.table.ts'
import { endSanction } from '@skills/core/quality/end-sanction.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

const most = 400
const by = 'system:sweep-quality'

export interface Swept {
  due: number
  moved: number
}

/**
 * Moves complaints whose time has come, says in the log which wait too long for an operator, closes what a sanction shuts and ends it on its date. The index only advises: each is read again
 * and written on the condition that nobody changed it.
 */
export async function sweepQuality(world: World): Promise<Swept> {
  const now = world.now()
  const [complaints, sanctions] = await Promise.all([
    readDue(world.table, 'complaint', now, most),
    readDue(world.table, 'sanction', now, most),
  ])
  const moved = await atOnce(complaints, 8, ({ pk }) => sweepComplaint(world, pk.slice('COMPLAINT#'.length)))
  const ended = await atOnce(sanctions, 4, async ({ pk }) => {
    const id = pk.slice('SANCTION#'.length)
    const closed = await closeForSanction(world, id, by)
    return (await endSanction(world, id, by)) || closed > 0
  })
  const failed = [...moved.failed, ...ended.failed]
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-quality', event: 'not-moved', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not moved: ${failed.map(({ item }) => item.pk).join(' ')}`)
  return { due: complaints.length + sanctions.length, moved: [...moved.answers, ...ended.answers].filter(Boolean).length }
}

async function sweepComplaint(world: World, complaintId: string): Promise<boolean> {
  const moved = await untilDone(world, undefined, async () => {
    const before = await readComplaint(world.table, complaintId)
    return before === undefined ? { answer: undefined, replayed: false } : moveComplaint(world, before, by)
  })
  if (moved === 'overdue') log({ at: world.now(), level: 'error', function: 'sweep-quality', event: 'complaint-overdue' })
  return moved !== undefined
}

let world: World | undefined

export async function handler(): Promise<Swept> {
  return sweepQuality((world ??= realWorld()))
}
