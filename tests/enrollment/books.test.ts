import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { checkBooks, scanTable, violations } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import type { Item } from '@skills/core/table.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { actor, command, makePeople, makeRun, quoteSecret } from './claim-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
let clean: Item[]
beforeAll(async () => {
  const started = await startTable('books')
  stop = started.stop
  world = testWorld(started.table)
  const memory = seatMemory(world)
  const runs = [await makeRun(world, { capacity: 5 }), await makeRun(world, { capacity: 50, date: '2026-12-21' })]
  for (const { run } of runs) {
    const row = { ...keys.catalogRow.key('00', run.courseId), row: { id: run.courseId, r: [[run.id]] } }
    await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: row }))
  }
  const people = await makePeople(world, 6)
  for (const person of people) {
    for (const { run } of runs) {
      const key = `books-${person}-${run.id}`
      const seat = await claimSeat(
        { world: world, memory: memory, quoteSecret },
        {
          actor: actor(person),
          command: command(key),
          params: { runId: run.id },
          body: {},
        },
      ).catch(() => undefined)
      if (seat !== undefined && person === people[0])
        await cancelEnrollment(world, {
          actor: actor(person),
          command: command(`${key}-back`, 'asked', 'cancelEnrollment'),
          params: { enrollmentId: seat.id },
        })
    }
  }
  const organizationName = { zh: '示范机构', en: 'Model organization' }
  const membership = { organizationId: world.id('provider'), organizationName, roles: ['provider:registrar' as const] }
  await writeMembership(world, undefined, 'system:test', people[0] ?? '', membership, undefined)
  clean = await scanTable(world.table)
})
afterAll(() => stop())

type Corruption = (items: Item[]) => void
const pick = (items: Item[], test: (item: Item) => boolean): Item => {
  const found = items.find(test)
  if (found === undefined) throw new Error('the scene lacks what this corruption needs')
  return found
}
const drop = (items: Item[], test: (item: Item) => boolean) => void items.splice(items.indexOf(pick(items, test)), 1)
const isHead = (item: Item) => item.pk.startsWith('SHARD#') && item.sk === 'HEAD' && Number(item['sold']) > 0
const isActive = (item: Item) => item.sk.startsWith('ENROLLMENT#') && (item['enrollment'] as { state: string }).state === 'active'

/** For each invariant: what a bug or a hand in the table could do, and the code that must notice. */
const corruptions: [string, string, Corruption][] = [
  ['S1', 'a head has a seat too many', (items) => void (pick(items, isHead)['free'] = 99)],
  ['S1', 'a head went negative', (items) => Object.assign(pick(items, isHead), { free: -1, sold: 6 })],
  ['S1', 'a head is gone', (items) => drop(items, (item) => item.pk.startsWith('SHARD#') && item.sk === 'HEAD')],
  ['S1', 'a head is pinned to an older version of its run', (items) => void (pick(items, isHead)['runVersion'] = 0)],
  [
    'S1',
    'a run says another capacity than its heads',
    (items) => void ((pick(items, ({ sk }) => sk === 'RUN')['run'] as { capacity: number }).capacity += 1),
  ],
  [
    'S2',
    'a seat is sold to nobody',
    (items) => {
      const head = pick(items, isHead)
      Object.assign(head, { free: Number(head['free']) - 1, sold: Number(head['sold']) + 1 })
    },
  ],
  [
    'S2',
    'an enrollment lost its seat',
    (items) => {
      const head = pick(items, isHead)
      Object.assign(head, { free: Number(head['free']) + 1, sold: Number(head['sold']) - 1 })
    },
  ],
  [
    'S2',
    'a seat is held without a hold',
    (items) => {
      const head = pick(items, isHead)
      Object.assign(head, { held: 1, sold: Number(head['sold']) - 1 })
    },
  ],
  ['S3', 'a ledger line was removed', (items) => drop(items, (item) => item.sk.startsWith('TRANSFER#') && item['to'] === 'sold')],
  [
    'S3',
    'a ledger line was changed',
    (items) => void (pick(items, (item) => item.sk.startsWith('TRANSFER#') && item['from'] === 'issued')['seats'] = 1),
  ],
  [
    'E1',
    'a person has the same run twice',
    (items) => {
      const item = pick(items, isActive)
      const enrollment = { ...(item['enrollment'] as { id: string }), id: 'enr_00000000000000000000000000' }
      items.push({ ...item, sk: `ENROLLMENT#${enrollment.id}`, enrollment })
    },
  ],
  [
    'E1',
    'the guard of an enrollment is gone',
    (items) => drop(items, (item) => item.sk.startsWith('SEAT-OF#') && item['state'] === 'active'),
  ],
  [
    'E1',
    'a guard is active for a seat given back',
    (items) => void (pick(items, (item) => item.sk.startsWith('SEAT-OF#') && item['state'] === 'released')['state'] = 'active'),
  ],
  [
    'E3',
    'a person is in two places at once',
    (items) => {
      const [a, b] = items.filter(({ sk }) => sk === 'RUN').map((item) => item['run'] as { id: string; meetings: unknown })
      const seats = items.filter(isActive).map((item) => item as unknown as { enrollment: { runId: string }; times: unknown })
      if (a === undefined || b === undefined) throw new Error('the scene has fewer than two runs')
      b.meetings = a.meetings
      const times = seats.find(({ enrollment }) => enrollment.runId === a.id)?.times
      for (const seat of seats) seat.times = times
    },
  ],
  [
    'E3',
    'a schedule forgot a run',
    (items) => void (pick(items, (item) => item.sk === 'SCHEDULE' && (item['busy'] as unknown[]).length > 0)['busy'] = []),
  ],
  [
    'E3',
    'a schedule keeps a run given back',
    (items) => {
      const full = pick(items, (item) => item.sk === 'SCHEDULE' && (item['busy'] as unknown[]).length > 0)
      pick(items, (item) => item.sk === 'SCHEDULE' && (item['busy'] as unknown[]).length === 0)['busy'] = full['busy']
    },
  ],
  ['E5', 'the run of an enrollment is gone', (items) => drop(items, ({ sk }) => sk === 'RUN')],
  [
    'E5',
    'a seat was claimed before registration opened',
    (items) => void ((pick(items, isActive)['enrollment'] as { claimedAt: string }).claimedAt = '2026-01-01T00:00:00.000Z'),
  ],
  ['A1', 'an audit entry is gone', (items) => drop(items, (item) => item.pk.startsWith('AUDIT#enr_'))],
  [
    'A1',
    'an audit entry was rewritten',
    (items) => void (pick(items, (item) => item.pk.startsWith('AUDIT#enr_'))['by'] = 'per_00000000000000000000000000'),
  ],
  [
    'A1',
    'a role was given by hand',
    (items) => {
      const membership = pick(items, ({ sk }) => sk.startsWith('MEMBERSHIP#'))
      Object.assign(membership, { roles: ['provider:manager'], version: 2 })
    },
  ],
  ['A1', 'the history of an appointment is gone', (items) => drop(items, ({ pk }) => pk.includes('/MEMBERSHIP#'))],
  ['A1', 'an enrollment was changed without an entry', (items) => void (pick(items, isActive)['version'] = 9)],
  [
    'A2',
    'a run belongs to another provider than its course',
    (items) =>
      void ((pick(items, ({ sk }) => sk === 'RUN')['run'] as { providerId: string }).providerId = 'prv_00000000000000000000000000'),
  ],
  ['A2', 'a course does not list its run', (items) => drop(items, (item) => item.pk.startsWith('COURSE#') && item.sk.startsWith('RUN#'))],
  [
    'A2',
    'a ledger line names an enrollment that is not there',
    (items) =>
      void (pick(items, (item) => item.sk.startsWith('TRANSFER#') && item['to'] === 'sold')['enrollmentId'] =
        'enr_00000000000000000000000000'),
  ],
  [
    'T1',
    'an event is stuck in the outbox',
    (items) => void (pick(items, (item) => item.pk.startsWith('OUTBOX#'))['at'] = '2026-11-01T00:00:00.000Z'),
  ],
  [
    'T1',
    'an event was set aside a moment ago',
    (items) => void (pick(items, (item) => item.pk.startsWith('OUTBOX#'))['parked'] = 'not an event'),
  ],
  ['T1', 'an event does not say since when it waits', (items) => void delete pick(items, (item) => item.pk.startsWith('OUTBOX#'))['at']],
  [
    'T2',
    'a command says it made an enrollment that is not there',
    (items) =>
      void ((pick(items, (item) => item.pk.startsWith('COMMAND#'))['answer'] as { id: string }).id = 'enr_00000000000000000000000000'),
  ],
  ['T3', 'a published course lost its row', (items) => drop(items, ({ pk }) => pk.startsWith('CATALOG#'))],
  [
    'T3',
    'a row stands for a course that was withdrawn',
    (items) => void ((pick(items, ({ sk }) => sk === 'COURSE')['course'] as { state: string }).state = 'withdrawn'),
  ],
  ['T3', 'a row forgot a run', (items) => void ((pick(items, ({ pk }) => pk.startsWith('CATALOG#'))['row'] as { r: unknown[] }).r = [])],
  ['T4', 'an item has a key nobody knows', (items) => void items.push({ pk: 'STRANGE#1', sk: 'x' })],
  ['T4', 'a run does not parse', (items) => void ((pick(items, ({ sk }) => sk === 'RUN')['run'] as { state: string }).state = 'sold-out')],
]

describe('the checker of the books', () => {
  it('finds nothing in a clean table, and there is something to find', async () => {
    expect(await checkBooks(world)).toMatchObject({ items: clean.length, violations: [] })
    expect(clean.length).toBeGreaterThan(80)
  })
  it.each(corruptions)('%s: %s', (code, _what, corrupt) => {
    const items = structuredClone(clean)
    corrupt(items)
    expect(violations(items, world.now()).map((violation) => violation.code)).toContain(code)
  })
})
