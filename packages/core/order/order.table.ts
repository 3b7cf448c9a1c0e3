import { enrollmentIdOf } from '@skills/contract/order.ts'
import { enrollmentItemOf, type EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { scheduleOf, type Schedule } from '../enrollment/schedule.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, type Table } from '../table.ts'
import { transact, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { matterSteps } from './money-matter.table.ts'
import type { OrderItem } from './order.ts'

/** An order with the enrollment it lives in and its person's schedule. */
export interface ReadOrder {
  item: EnrollmentItem & { order: OrderItem }
  schedule: Schedule
}

/** An order of a person, strongly read; undefined where there is none. */
export async function readOrder(table: Table, personId: string, orderId: string): Promise<ReadOrder | undefined> {
  const [stored, schedule] = await readItems(table, [keys.enrollment.key(personId, enrollmentIdOf(orderId)), keys.schedule.key(personId)])
  const item = enrollmentItemOf(stored)
  if (item === undefined || item.order === null) return undefined
  return { item: { ...item, order: item.order }, schedule: scheduleOf(schedule) }
}

/** Where money belongs: to one order, for ever. `references` are those its checkout was asked with. */
export interface PaymentOwner {
  orderId: string
  references: Record<string, string>
}

/** The guard of a payment: this money came for this order and for no other. Fails by the name `payment`. */
export function paymentStep(paymentId: string, { orderId, references }: PaymentOwner, at: string): Step {
  return {
    name: 'payment',
    put: {
      item: { ...keys.payment.key(paymentId), orderId, references, at },
      condition: 'attribute_not_exists(pk) OR orderId = :order',
      values: { ':order': orderId },
    },
  }
}

/** Which order a payment belongs to, as far as it has come in. */
export async function readPaymentOwner(table: Table, paymentId: string): Promise<PaymentOwner | undefined> {
  return (await readItem(table, keys.payment.key(paymentId))) as PaymentOwner | undefined
}

const consumer = 'stripe'

/** What makes an event of the payment provider count once, for ever. Fails by the name `event`. */
export function eventStep(eventId: string, at: string): Step {
  return {
    name: 'event',
    put: { item: { ...keys.effect.key(consumer, eventId), at }, condition: 'attribute_not_exists(pk)' },
  }
}

/** Whether an event was done before. */
export async function eventDone(table: Table, eventId: string): Promise<boolean> {
  return (await readItem(table, keys.effect.key(consumer, eventId))) !== undefined
}

/** Sets an event, or money that no order knows (`fen`), aside that fits nothing of ours, with its guard: a person looks. In: why, as a code, and the provider's name for what it is about. */
export async function quarantine(world: World, eventId: string, why: string, about: string | null, fen?: number): Promise<void> {
  const at = world.now()
  await transact(
    world,
    undefined,
    [
      eventStep(eventId, at),
      {
        name: 'quarantine',
        put: { item: { ...keys.quarantine.key(eventId), eventId, why, about, at }, condition: 'attribute_not_exists(pk)' },
      },
      ...matterSteps(world, {
        kind: fen === undefined ? 'event-quarantined' : 'money-unknown',
        why,
        fen: fen ?? null,
        about: [...(fen === undefined ? [eventId] : []), ...(about === null ? [] : [about])],
      }),
    ],
    null,
  )
}
