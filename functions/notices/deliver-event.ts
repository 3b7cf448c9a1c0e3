import { plusMinutes } from '@skills/contract/time.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { noRun, type NoticeSubject } from '@skills/core/notices/notice.ts'
import { parkOutbox, removeOutbox, type OutboxItem } from '@skills/core/notices/notice.table.ts'
import { bringInvoicesOfSeat } from '@skills/core/order/invoice.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { decideTentative } from '@skills/core/planning/decide-tentative.ts'
import { isUndecided } from '@skills/core/planning/tentative.ts'
import { readItem, type Key } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import type { Channels } from './channels.ts'
import { saidBy } from './happening.ts'
import { Event } from './outbox-event.ts'
import { givingUp } from './patient-vault.ts'
import { stillOfCase } from './still-open.ts'
import { tellPerson } from './tell-person.ts'
import { concerned } from './whom-it-concerns.ts'

/** How long a message may be late because keys do not open before it is given up; the notice on the site is there from the start. */
const lateMinutes = 24 * 60

/**
 * `delivered`: all concerned were told (nobody, where the event is no longer true). `waiting`: told on the site, messages are owed
 * and the event stays for the next delivery. `gone`: removed or parked before. `parked`: not to be understood.
 */
export type Delivery = 'delivered' | 'waiting' | 'gone' | 'parked'

/**
 * Does all that follows from one event of the outbox, then removes it: everybody concerned is told once. Safe to repeat at any point and in
 * any order. An event that cannot be understood is parked; a failure that may pass is thrown.
 */
export async function deliverEvent(world: World, channels: Channels, key: Key): Promise<Delivery> {
  const stamp = { id: world.id('notice'), at: world.now() }
  const item = await readItem(world.table, key)
  if (item === undefined || item['parked'] !== undefined) return 'gone'
  const parsed = Event.safeParse(item['event'])
  const event = parsed.success ? (parsed.data as OutboxEvent) : undefined
  const about = event === undefined ? undefined : await aboutOf(world, event)
  if (event === undefined || about === undefined || item['id'] !== key.pk.slice('OUTBOX#'.length)) {
    await parkOutbox(world, key, parsed.success ? 'its run is not there' : 'not an event we know')
    return 'parked'
  }
  const { subject, readers } = about
  // A seat that was paid for, or money that went back, is to be invoiced: by each payer's part, once.
  if ('enrollmentId' in event && event.type !== 'hold-lapsed' && event.type !== 'rating-asked')
    await bringInvoicesOfSeat(world, event.personId, event.enrollmentId)
  // A run that needs a minimum takes place as soon as the seat that was missing is sold.
  if (event.type === 'seat-claimed' && about.undecided) await decideTentative(world, event.runId, 'system:dispatch-outbox')
  const outbox = item as unknown as OutboxItem
  const telling = {
    event: outbox.id,
    stamp,
    told: event,
    toldAt: outbox.at,
    subject: { ...subject, said: { ...saidBy(event), at: outbox.at } },
    mayWait: plusMinutes(outbox.at, lateMinutes) > stamp.at,
  }
  let waiting = false
  const patient = { ...channels, vault: givingUp(channels.vault) }
  const { failed } = await atOnce(await readers(), 8, async (personId) => {
    if ((await tellPerson(world, patient, telling, personId)) === 'waits') waiting = true
  })
  if (failed[0] !== undefined) throw failed[0].error
  if (waiting) return 'waiting'
  await removeOutbox(world, outbox)
  return 'delivered'
}

/** What an event tells of, and how to find whom it concerns now; undefined where its run is not there. */
async function aboutOf(
  world: World,
  event: OutboxEvent,
): Promise<{ subject: NoticeSubject; undecided: boolean; readers: () => Promise<string[]> } | undefined> {
  if (event.type === 'case-news')
    return { subject: noRun, undecided: false, readers: async () => ((await stillOfCase(world, event)) ? [event.personId] : []) }
  const run = runOf(await readItem(world.table, keys.run.key(event.runId)))
  return run && { subject: run, undecided: isUndecided(run.run), readers: () => concerned(world, event, run) }
}
