import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Refusal } from '@skills/contract/refusals.ts'
import { checkBooks, scanTable } from '@skills/core/books/books.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { readBudget } from '@skills/core/funding/budget.table.ts'
import type { PotHead, PotLine } from '@skills/core/funding/pot.ts'
import { moveGrant } from '@skills/core/funding/pot.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { stepAllocation } from '@skills/functions/sponsor/step-allocation.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { seeded, testWorld, type TestWorld } from '../test-world.ts'
import { faultyWorld } from './faulty-world.ts'
import { allocateTo, makeProgram, newCommand, operator } from './funding-scene.ts'

let stop: () => Promise<void>
let endpoint: string
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('budget-race')
  stop = started.stop
  endpoint = started.endpoint
  world = testWorld(started.table)
})
afterAll(() => stop())

const budgetFen = 1_000_000
/** One pot with a million fen and many seats. */
async function onePot() {
  const run = await makeRun(world, { priceFen: 10_000, capacity: 600 })
  const program = await makeProgram(world, { budgetFen, funding: { kind: 'full' } })
  const pot = { programId: program.id, of: run.run.id, part: '00' }
  await allocateTo(world, program, run, { seats: 600, fen: budgetFen })
  const key = keys.pot.key(pot.programId, pot.of, pot.part)
  const head = async () => (await readItem(world.table, key)) as unknown as PotHead
  return { program, run, pot, key, head }
}
const sizes = (count: number) => {
  const random = seeded(16)
  return Array.from({ length: count }, () => 1 + Math.floor(random() * 9_999))
}

describe('five hundred grants on one budget', () => {
  it('never overspend it, with a fault in 20 of 100 sends: every look finds zero or more, and the same sum', async () => {
    const { pot, head } = await onePot()
    const faulty = faultyWorld(world, endpoint, 20)
    const start = await head()
    const looks: PotHead[] = []
    let over = false
    const sampler = (async () => {
      while (!over) {
        looks.push(await head())
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })()
    const granted = await Promise.all(
      sizes(500).map(async (fen, n) => {
        const grant = { id: world.id('grant'), fen, pot }
        const who = { personId: world.id('person'), enrollmentId: world.id('enrollment') }
        const asked = command(`storm-${n}`)
        for (;;) {
          try {
            const outcome = await transact(faulty, asked, moveGrant(faulty, grant, 'available', 'reserved', who, faulty.now()), fen)
            return 'answer' in outcome ? outcome.answer : 0
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
          }
        }
      }),
    )
    over = true
    await sampler
    const end = await head()
    const sum = granted.reduce((all, fen) => all + fen, 0)
    expect(end).toMatchObject({ reservedFen: sum, availableFen: start.availableFen - sum, reservedSeats: granted.filter(Boolean).length })
    expect(sum).toBeLessThanOrEqual(start.availableFen)
    expect(granted).toContain(0)
    expect(looks.length).toBeGreaterThan(1)
    for (const look of looks) {
      expect(look.availableFen).toBeGreaterThanOrEqual(0)
      expect(look.availableFen + look.reservedFen + look.spentFen).toBe(start.availableFen)
    }
    const lines = (await scanTable(world.table)).filter(
      ({ pk, sk }) => pk === keys.pot.key(pot.programId, pot.of, '00').pk && sk.startsWith('MONEY#'),
    )
    const moved = (lines as unknown as PotLine[]).filter(({ from }) => from === 'available')
    expect(moved.reduce((all, { fen }) => all + fen, 0)).toBe(sum)
  })
  it('CONTROL: looked at first and written then, a fifth of the storm overspends', async () => {
    const { key, head } = await onePot()
    const { availableFen: start } = await head()
    const granted = await Promise.all(
      sizes(100).map(async (fen) => {
        const { Item: pot } = await world.table.client.send(new GetCommand({ TableName: world.table.name, Key: key, ConsistentRead: true }))
        if (Number(pot?.['availableFen']) < fen) return 0
        await world.table.client.send(
          new UpdateCommand({
            TableName: world.table.name,
            Key: key,
            UpdateExpression: 'SET availableFen = availableFen - :fen, reservedFen = reservedFen + :fen',
            ExpressionAttributeValues: { ':fen': fen },
          }),
        )
        return fen
      }),
    )
    expect(granted.reduce((all, fen) => all + fen, 0)).toBeGreaterThan(start)
    expect((await head()).availableFen).toBeLessThan(0)
    const broken = (await checkBooks(world)).violations.filter(({ at }) => at === `${key.pk} / ${key.sk}`)
    expect(broken.map(({ code }) => code)).toContain('B1')
  })
})

describe('claims and a sponsor at the same moment', () => {
  const race = async (to: 'frozen' | 'closed') => {
    const run = await makeRun(world, { priceFen: 30_000, capacity: 60, date: to === 'frozen' ? '2026-12-26' : '2026-12-27' })
    const program = await makeProgram(world, { budgetFen: 600_000 })
    await allocateTo(world, program, run, { seats: 20, fen: 600_000 })
    const people = await makePeople(world, 40)
    const memory = seatMemory(world)
    const quoted = await Promise.all(
      people.map(async (person) => {
        const call = { actor: actor(person), params: { runId: run.run.id } }
        return { call, quote: (await getPrice(world, quoteSecret, call)).quote }
      }),
    )
    let atStep: Awaited<ReturnType<typeof readBudget>> | undefined
    const stepping = async () => {
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await stepAllocation(world, {
        actor: operator(world),
        command: newCommand(world, 'stepAllocation'),
        params: { programId: program.id, runId: run.run.id },
        body: { to },
      })
      atStep = await readBudget(world.table, program.id)
    }
    const claims = quoted.map(({ call, quote }) =>
      claimSeat({ world, memory, quoteSecret }, { ...call, command: newCommand(world, 'claimSeat'), body: { quote } }).then(
        () => 1,
        (error: unknown) => {
          if (error instanceof Refusal && error.code === 'price-changed') return 0
          throw error
        },
      ),
    )
    const [answers] = await Promise.all([Promise.all(claims), stepping()])
    const end = await readBudget(world.table, program.id)
    return { granted: answers.filter(Boolean).length, atStep, end }
  }
  it('frozen, it grants nothing from that answer on, and nothing is lost', async () => {
    const { granted, atStep, end } = await race('frozen')
    expect(end).toEqual(atStep)
    expect(end).toMatchObject({ spentFen: granted * 30_000, availableFen: 600_000 - granted * 30_000 })
  })
  it('closed, everything that was not granted is free again', async () => {
    const { granted, atStep, end } = await race('closed')
    expect(end).toEqual(atStep)
    expect(end).toMatchObject({ spentFen: granted * 30_000, freeFen: 600_000 - granted * 30_000, availableFen: 0 })
  })
})
