import type { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Command } from '@skills/contract/actor.ts'
import type { Enrollment } from '@skills/contract/claim.routes.ts'
import { platformId } from '@skills/contract/ids.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import type { GroupOrderItem } from '@skills/core/employer/group-order.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import { seatAccounts, type SeatHead, type SeatTransfer } from '@skills/core/enrollment/seats.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { numbered, type QueueHead, type WaitlistItem } from '@skills/core/waitlist/waitlist.ts'
import { readQueueHead } from '@skills/core/waitlist/queue-head.table.ts'
import { readEntries } from '@skills/core/waitlist/waitlist.table.ts'
import type { World } from '@skills/core/world.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { changeCapacity } from '@skills/functions/waitlist/change-capacity.ts'
import { joinWaitlist } from '@skills/functions/waitlist/join-waitlist.ts'
import { leaveWaitlist } from '@skills/functions/waitlist/leave-waitlist.ts'
import { beforeTransactions } from '../catalog/catalog-scene.ts'
import { actor, command, quoteSecret } from '../enrollment/claim-scene.ts'
import type { TestWorld } from '../test-world.ts'

let commands = 0
const fresh = (route: Command['route']) => command(`${route}-${(commands += 1)}`, 'asked', route)

const operator = {
  personId: 'per_00000000000000000000000000',
  memberships: [{ organizationId: platformId, roles: ['platform:operator' as const] }],
}

/** What people and organizers do, each as one request with a key of its own. */
export const join = (world: World, personId: string, runId: string, by = fresh('joinWaitlist')) =>
  joinWaitlist(world, { actor: actor(personId), command: by, params: { runId } })
export const leave = (world: World, personId: string, runId: string, by = fresh('leaveWaitlist')) =>
  leaveWaitlist(world, { actor: actor(personId), command: by, params: { runId } })
export const claim = (world: World, personId: string, runId: string, quote?: string) =>
  claimSeat(
    { world, memory: seatMemory(world), quoteSecret },
    { actor: actor(personId), command: fresh('claimSeat'), params: { runId }, body: quote === undefined ? {} : { quote } },
  )
export const cancel = (world: World, personId: string, enrollment: Pick<Enrollment, 'id'>, by = fresh('cancelEnrollment')) =>
  cancelEnrollment(world, { actor: actor(personId), command: by, params: { enrollmentId: enrollment.id } })
export const resize = (world: World, runId: string, capacity: number) =>
  changeCapacity(world, { actor: operator, params: { runId }, body: { capacity } })

/** The code of the refusal that comes, or `done`. Anything else that is thrown fails the test. */
export async function told(act: Promise<unknown>): Promise<string> {
  try {
    await act
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** What a run's seats and queue look like: seats by account, entries and their states by order of joining, and the head. */
export async function look(world: World, runId: string) {
  const [run, head, entries] = await Promise.all([
    readRun(world.table, runId),
    readQueueHead(world.table, runId),
    readEntries(world.table, runId, 99_999_999),
  ])
  const heads = await readHeads(world.table, runId, run?.shards ?? 0)
  const sum = (account: (typeof seatAccounts)[number]) => heads.reduce((all, one) => all + one[account], 0)
  return {
    accounts: { free: sum('free'), held: sum('held'), sold: sum('sold'), blocked: sum('blocked') },
    entries,
    states: entries.map(({ state }) => state).join(' '),
    head,
  }
}

/** The events of a type in the outbox, by person. */
export async function toldBy(world: World, type: OutboxEvent['type'], runId: string): Promise<string[]> {
  const events = (await scanTable(world.table)).filter(({ pk }) => pk.startsWith('OUTBOX#')).map((item) => item['event'] as OutboxEvent)
  return events.flatMap((event) => (event.type === type && event.runId === runId && 'personId' in event ? [event.personId] : []))
}

/**
 * What is wrong with seats and queues of the whole table: W1 each offer has its held seat and each held seat its hold; W2 nobody waits who came before somebody
 * that was ever offered a seat; W3 nobody waits and is enrolled, one live entry per person and run, its pointer says the same; the head counts right; the
 * ledger gives the counts; and (unless offers are over) no seat stands free beside somebody who waits.
 */
export async function queueFaults(world: World, { strandedFrom }: { strandedFrom?: readonly string[] } = {}): Promise<string[]> {
  const items = await scanTable(world.table)
  const found: string[] = []
  const heads = items.filter(({ pk, sk }) => pk.startsWith('SHARD#') && sk === 'HEAD') as unknown as (SeatHead & { pk: string })[]
  const enrollments = items.filter(({ sk }) => sk.startsWith('ENROLLMENT#')) as unknown as EnrollmentItem[]
  const entries = items.filter(({ pk, sk }) => pk.startsWith('WAITLIST#') && sk.startsWith('ENTRY#')) as unknown as WaitlistItem[]
  const orders = items.filter(({ sk }) => sk === 'GROUP-ORDER') as unknown as GroupOrderItem[]
  const queues = new Map(
    items.filter(({ pk, sk }) => pk.startsWith('WAITLIST#') && sk === 'HEAD').map((item) => [item.pk, item as unknown as QueueHead]),
  )
  for (const head of heads) {
    const here = ({ shard, runId }: { shard: string | null; runId: string }) => shard === head.shard && runId === head.runId
    const holds = enrollments.filter(({ enrollment, shard }) => enrollment.state === 'held' && here({ shard, runId: enrollment.runId }))
    const sold = enrollments.filter(({ enrollment, shard }) => enrollment.state === 'active' && here({ shard, runId: enrollment.runId }))
    const offers = entries.filter((entry) => entry.state === 'offered' && here(entry))
    const groups = orders
      .flatMap(({ runId, account, pools }) => (account === 'held' ? pools.map((pool) => ({ ...pool, runId })) : []))
      .filter(here)
    const grouped = groups.reduce((sum, { seats }) => sum + seats, 0)
    if (head.held !== holds.length + offers.length + grouped)
      found.push(`W1 ${head.pk}: ${head.held} held, ${holds.length} holds, ${offers.length} offers`)
    if (head.sold !== sold.length) found.push(`S2 ${head.pk}: ${head.sold} sold, ${sold.length} enrollments`)
    const aside = queues.get(`WAITLIST#${head.runId}`)?.aside[head.shard] ?? 0
    if (head.blocked !== aside) found.push(`${head.pk}: ${head.blocked} blocked, ${aside} set aside`)
    const counts = seatAccounts.map((account) => head[account])
    if (counts.some((count) => count < 0) || head.capacity !== counts.reduce((a, b) => a + b, 0)) found.push(`S1 ${head.pk}`)
    const lines = items.filter(({ pk, sk }) => pk === head.pk && sk.startsWith('TRANSFER#')) as unknown as SeatTransfer[]
    for (const account of seatAccounts) {
      const replayed = lines.reduce((sum, { from, to, seats }) => sum + (to === account ? seats : 0) - (from === account ? seats : 0), 0)
      if (replayed !== head[account]) found.push(`S3 ${head.pk}: ${account} ${head[account]}, the ledger says ${replayed}`)
    }
  }
  for (const [pk, own] of Map.groupBy(entries, ({ runId }) => `WAITLIST#${runId}`)) {
    const waiting = own.filter(({ state }) => state === 'waiting')
    const head = queues.get(pk)
    if (head?.waiting !== waiting.length) found.push(`${pk}: ${waiting.length} wait, the head says ${String(head?.waiting)}`)
    if (own.some(({ number }) => number > numbered(head?.next ?? 0))) found.push(`${pk}: a number that was not given`)
    const lastOffered = own.reduce((last, { number, offeredAt }) => (offeredAt !== null && number > last ? number : last), '')
    for (const { number, personId, group } of waiting)
      if (group === null && number < lastOffered) found.push(`W2 ${pk}: ${personId} was passed over`)
    const free = heads.filter(({ runId }) => pk === `WAITLIST#${runId}`).reduce((sum, one) => sum + one.free, 0)
    if (
      free > 0 &&
      waiting.some(({ group }) => group === null) &&
      (strandedFrom === undefined || strandedFrom.includes(pk.slice('WAITLIST#'.length)))
    )
      found.push(`${pk}: ${free} free beside ${waiting.length} who wait`)
    for (const [personId, mine] of Map.groupBy(
      own.filter(({ group }) => group === null),
      (entry) => entry.personId,
    )) {
      const live = mine.filter(({ state }) => state === 'waiting' || state === 'offered')
      const runId = pk.slice('WAITLIST#'.length)
      const guard = items.find((item) => item.pk === `PERSON#${personId}` && item.sk === `SEAT-OF#${runId}`)
      const pointer = items.find((item) => item.pk === `PERSON#${personId}` && item.sk === `WAITING-FOR#${runId}`)
      if (live.length > 1) found.push(`W3 ${pk}: ${personId} waits ${live.length} times`)
      if (live.length > 0 && guard?.['state'] === 'active') found.push(`W3 ${pk}: ${personId} waits and is enrolled`)
      if (pointer?.['state'] !== (live[0]?.state ?? 'over'))
        found.push(`W3 ${pk}: the pointer of ${personId} says ${String(pointer?.['state'])}`)
    }
  }
  return found
}

/** The writes of queue heads in a transaction. */
const headWrites = ({ input }: TransactWriteCommand) =>
  (input.TransactItems ?? []).flatMap(({ Put, Update }) => {
    const { pk, sk } = (Put?.Item ?? Update?.Key ?? {}) as { pk?: string; sk?: string }
    const write = Put ?? Update
    return write !== undefined && pk?.startsWith('WAITLIST#') === true && sk === 'HEAD' ? [write] : []
  })

/** The world without conditions on heads of queues; everything else stays as it is. */
export function unguarded(of: TestWorld): TestWorld {
  return beforeTransactions(of, (asked) => {
    for (const write of headWrites(asked)) {
      delete write.ConditionExpression
      if ('UpdateExpression' in write) continue
      delete write.ExpressionAttributeNames
      delete write.ExpressionAttributeValues
    }
  })
}

/** The world with something happening right before its first transaction that writes the head of a queue. */
export function interrupted(of: TestWorld, between: () => Promise<unknown>): TestWorld {
  let done = false
  return beforeTransactions(of, async (asked) => {
    if (done || headWrites(asked).length === 0) return
    done = true
    await between()
  })
}
