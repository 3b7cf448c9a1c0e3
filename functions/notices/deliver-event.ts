import { idOf } from '@skills/contract/ids.ts'
import { Fen } from '@skills/contract/money.ts'
import { Instant, plusMinutes } from '@skills/contract/time.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { runOf, type RunItem } from '@skills/core/catalog/run-item.ts'
import { readClaimants } from '@skills/core/enrollment/seats.table.ts'
import { keys } from '@skills/core/keys.ts'
import type { NoticeSubject } from '@skills/core/notices/notice.ts'
import { parkOutbox, removeOutbox, type OutboxItem } from '@skills/core/notices/notice.table.ts'
import { bringInvoicesOfSeat } from '@skills/core/order/invoice.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { liveAssignments } from '@skills/core/scheduling/crew.ts'
import { decideTentative } from '@skills/core/planning/decide-tentative.ts'
import { isUndecided } from '@skills/core/planning/tentative.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readItem, readItems, type Item, type Key } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import * as z from 'zod/mini'
import { tellPerson, type Channels } from './tell-person.ts'

const person = { personId: idOf('person'), runId: idOf('run') }
const seat = { ...person, enrollmentId: idOf('enrollment') }
const Event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('seat-claimed'), ...seat }),
  z.strictObject({ type: z.literal('seat-given-back'), ...seat }),
  z.strictObject({ type: z.literal('hold-lapsed'), ...seat }),
  z.strictObject({ type: z.literal('seat-offered'), ...person, until: Instant }),
  z.strictObject({ type: z.literal('offer-ended'), ...person }),
  z.strictObject({ type: z.literal('waiting-skipped'), ...person }),
  z.strictObject({ type: z.literal('group-offered'), ...person, until: Instant }),
  z.strictObject({ type: z.literal('waiting-closed'), ...person }),
  z.strictObject({ type: z.literal('money-returned'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('paid-without-seat'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('refund-failed'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('group-refund-failed'), ...person, fen: Fen }),
  z.strictObject({ type: z.literal('force-majeure'), ...seat, fen: Fen }),
  z.strictObject({ type: z.literal('group-force-majeure'), ...person, fen: Fen }),
  z.strictObject({ type: z.literal('review-decided'), ...person, granted: z.boolean() }),
  z.strictObject({ type: z.literal('seat-invited'), ...person }),
  z.strictObject({ type: z.literal('seat-withdrawn'), ...seat }),
  z.strictObject({ type: z.literal('assignment-asked'), ...person, bookingId: idOf('booking'), from: Instant, until: Instant }),
  z.strictObject({ type: z.literal('assignment-answered'), ...person, from: Instant, granted: z.boolean() }),
  z.strictObject({ type: z.literal('assignment-lapsed'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('assignment-withdrawn'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('instructor-ill'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('assignment-moved'), ...person, from: Instant }),
  z.strictObject({ type: z.literal('run-cancelled'), runId: idOf('run') }),
  z.strictObject({ type: z.literal('run-changed'), runId: idOf('run') }),
  z.strictObject({ type: z.literal('run-confirmed'), runId: idOf('run') }),
  z.strictObject({ type: z.literal('run-merged'), runId: idOf('run') }),
])

/** How long a text message may be late before it is given up; the notice on the site is there from the start. */
const smsMinutes = 24 * 60
const mostKeyFailures = 8

/**
 * `delivered`: all concerned were told (nobody, where the event is no longer true). `waiting`: told on the site, text messages are owed
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
  const event = Event.safeParse(item['event'])
  const run = event.success ? runOf(await readItem(world.table, keys.run.key(event.data.runId))) : undefined
  if (!event.success || run === undefined || item['id'] !== key.pk.slice('OUTBOX#'.length)) {
    await parkOutbox(world, key, event.success ? 'its run is not there' : 'not an event we know')
    return 'parked'
  }
  // A seat that was paid for, or money that went back, is to be invoiced: by each payer's part, once.
  if ('enrollmentId' in event.data && event.data.type !== 'hold-lapsed')
    await bringInvoicesOfSeat(world, event.data.personId, event.data.enrollmentId)
  // A run that needs a minimum takes place as soon as the seat that was missing is sold.
  if (event.data.type === 'seat-claimed' && isUndecided(run.run)) await decideTentative(world, run.run.id, 'system:dispatch-outbox')
  const outbox = item as unknown as OutboxItem
  const smsMayWait = plusMinutes(outbox.at, smsMinutes) > stamp.at
  const telling = {
    event: outbox.id,
    stamp,
    occasion: event.data.type,
    subject: { ...run, said: { ...saidBy(event.data), at: outbox.at } },
    smsMayWait,
  }
  let waiting = false
  const patient = { ...channels, vault: givingUp(channels.vault) }
  const { failed } = await atOnce(await concerned(world, event.data, run), 8, async (personId) => {
    if ((await tellPerson(world, patient, telling, personId)) === 'sms-waits') waiting = true
  })
  if (failed[0] !== undefined) throw failed[0].error
  if (waiting) return 'waiting'
  await removeOutbox(world, outbox)
  return 'delivered'
}

/** What an event itself says beyond whom and what it is about. */
function saidBy(event: OutboxEvent): NonNullable<NoticeSubject['said']> {
  return {
    ...('fen' in event ? { fen: event.fen } : {}),
    ...('until' in event ? { until: event.until } : {}),
    ...('from' in event ? { from: event.from } : {}),
    ...('granted' in event ? { granted: event.granted } : {}),
  }
}

/** A vault that is asked no more after a few failures, so that an outage of KMS does not hold up the notices of a full run, timeout by timeout. */
function givingUp(vault: Vault): Vault {
  let failures = 0
  return {
    ...vault,
    async openKey(personId, wrapped) {
      if (failures >= mostKeyFailures) throw new Error('the keys of personal data do not open now')
      return vault.openKey(personId, wrapped).catch((error: unknown) => {
        failures += 1
        throw error
      })
    },
  }
}

/**
 * Whom an event concerns. Events come late, twice and out of order, so each is held against what is true now, strongly read: a seat is
 * announced to who still has it in a run that takes place, its return to who has not taken another since. A change of a run goes to
 * everybody in its seat ledger whose guard says that the seat is theirs now; the roster index cannot be read strongly.
 */
async function concerned(world: World, event: OutboxEvent, { run, shards }: RunItem): Promise<string[]> {
  if (run.state === 'cancelled' && ['seat-claimed', 'run-changed', 'run-confirmed'].includes(event.type)) return []
  if ('personId' in event) {
    if (event.type === 'seat-offered') {
      const pointer = await readItem(world.table, keys.waitingFor.key(event.personId, event.runId))
      return pointer?.['state'] === 'offered' ? [event.personId] : []
    }
    // A request that was withdrawn, answered or lapsed meanwhile asks for nothing any more.
    if (event.type === 'assignment-asked') {
      const crew = await readCrew(world.table, event.runId)
      const asked = crew === undefined ? [] : liveAssignments(crew, world.now())
      return asked.some(({ bookingId, state }) => bookingId === event.bookingId && state === 'asked') ? [event.personId] : []
    }
    // Money, decisions and places in a queue are told whatever came after them.
    if (event.type !== 'seat-claimed' && event.type !== 'seat-given-back' && event.type !== 'hold-lapsed') return [event.personId]
    const guard = await readItem(world.table, keys.guard.key(event.personId, event.runId))
    const state = event.type === 'seat-claimed' ? 'active' : 'released'
    // What went back because its run was cancelled is told by that.
    if (event.type === 'seat-given-back' && guard?.['runCancelled'] === true) return []
    return guard?.['state'] === state && guard['enrollmentId'] === event.enrollmentId ? [event.personId] : []
  }
  const everybody = [...(await readClaimants(world.table, event.runId, shards))]
  const guards = await readItems(
    world.table,
    everybody.map((personId) => keys.guard.key(personId, event.runId)),
  )
  // The seats of a cancelled run with a price are given back soon after, maybe before this.
  const had = (guard: Item | undefined) =>
    guard?.['state'] === 'active' || ((event.type === 'run-cancelled' || event.type === 'run-merged') && guard?.['runCancelled'] === true)
  return everybody.filter((_, place) => had(guards[place]))
}
