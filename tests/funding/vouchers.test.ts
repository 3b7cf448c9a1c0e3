import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Program, Voucher } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { readAccount } from '@skills/core/funding/account.table.ts'
import { readBudget } from '@skills/core/funding/budget.table.ts'
import { readPots } from '@skills/core/funding/pot.table.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { listVouchers } from '@skills/functions/sponsor/list-allocations.ts'
import { stepProgram } from '@skills/functions/sponsor/step-program.ts'
import { stepVoucher } from '@skills/functions/sponsor/step-voucher.ts'
import { sweepFunding } from '@skills/functions/sponsor/sweep-funding.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { moments, mortal } from '../order/crash.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { makeProgram, makeVoucher, newCommand, operator, sponsorActor } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
let broken: string | undefined
beforeAll(async () => {
  const started = await startTable('vouchers')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(async () => {
  const { violations } = await checkBooks(world)
  expect(violations.filter(({ code, at }) => code !== 'T1' && (broken === undefined || !at.includes(broken)))).toEqual([])
  await stop()
})

const step = (
  { programId, id }: Pick<Voucher, 'programId' | 'id'>,
  to: Voucher['state'],
  more: { by?: ReturnType<typeof operator>; key?: string; world?: World } = {},
) =>
  stepVoucher(more.world ?? world, {
    actor: more.by ?? operator(world),
    command: { ...newCommand(world, 'stepVoucher'), ...(more.key === undefined ? {} : { id: more.key }) },
    params: { programId, voucherId: id },
    body: { to },
  })
const stepTo = (program: Program, to: Program['state']) =>
  stepProgram(world, { actor: operator(world), params: { programId: program.id }, body: { to } })
const budget = (program: Program) => readBudget(world.table, program.id)
const potOf = async ({ programId, id }: Voucher) => (await readPots(world.table, programId, id, 1))[0]
const stateOf = async ({ programId, id }: Voucher) => {
  const { vouchers } = await listVouchers(world, { actor: operator(world), params: { programId } })
  return vouchers.find((one) => one.id === id)?.state
}
async function quoted(runId: string, person: string, voucher: string) {
  const call = { actor: actor(person), params: { runId } }
  const price = await getPrice(world, quoteSecret, { ...call, voucher })
  return {
    price,
    claim: () =>
      claimSeat(
        { world, memory: seatMemory(world), quoteSecret },
        { ...call, command: newCommand(world, 'claimSeat'), body: { quote: price.quote } },
      ),
  }
}
const whyNot = ({ price }: Awaited<ReturnType<typeof quoted>>) => price.programs.flatMap(({ reasons }) => reasons.map(({ code }) => code))
async function issued(uses = 5) {
  const program = await makeProgram(world, { budgetFen: 100_000 })
  const { voucher, code } = await makeVoucher(world, program, { uses, budgetFen: uses * 10_000 })
  return { program, voucher, code }
}

describe('a voucher before its end', () => {
  it('frozen, it pays for nothing, also not where it was quoted; thawed, it pays again; what was promised stays', async () => {
    const { program, voucher, code } = await issued()
    const { run } = await makeRun(world, { priceFen: 30_000 })
    const [has = '', wants = ''] = await makePeople(world, 2)
    const held = await (await quoted(run.id, has, code)).claim()
    const before = await quoted(run.id, wants, code)
    expect(await step(voucher, 'frozen')).toMatchObject({ state: 'frozen', used: 1 })
    expect(await budget(program)).toMatchObject({ freeFen: 50_000, availableFen: 40_000, reservedFen: 10_000 })
    await expect(before.claim()).rejects.toMatchObject({ code: 'price-changed' })
    expect(whyNot(await quoted(run.id, wants, code))).toEqual(['voucher-frozen'])
    expect(await step(voucher, 'open')).toMatchObject({ state: 'open', used: 1 })
    await expect((await quoted(run.id, wants, code)).claim()).resolves.toMatchObject({ state: 'held' })
    await cancelEnrollment(world, {
      actor: actor(has),
      command: newCommand(world, 'cancelEnrollment'),
      params: { enrollmentId: held.id },
    })
    expect((await potOf(voucher))?.reservedSeats).toBe(1)
  })
  it('closed, what nobody was promised is free at once; what comes back later follows, and the voucher pays no more', async () => {
    const { program, voucher, code } = await issued()
    const { run } = await makeRun(world, { priceFen: 30_000, date: '2026-12-21' })
    const [has = '', wants = ''] = await makePeople(world, 2)
    const held = await (await quoted(run.id, has, code)).claim()
    const closed = await step(voucher, 'closed', { key: 'close-voucher' })
    expect(closed).toMatchObject({ state: 'closed', used: 1 })
    expect(await step(voucher, 'closed', { key: 'close-voucher' })).toEqual(closed)
    expect(await budget(program)).toMatchObject({ freeFen: 90_000, availableFen: 0, reservedFen: 10_000 })
    expect(whyNot(await quoted(run.id, wants, code))).toEqual(expect.arrayContaining(['voucher-closed']))
    for (const to of ['open', 'frozen'] as const) await expect(step(voucher, to)).rejects.toMatchObject({ code: 'illegal-transition' })
    await cancelEnrollment(world, {
      actor: actor(has),
      command: newCommand(world, 'cancelEnrollment'),
      params: { enrollmentId: held.id },
    })
    expect(await budget(program)).toMatchObject({ freeFen: 90_000, availableFen: 10_000, reservedFen: 0 })
    await step(voucher, 'closed')
    expect(await budget(program)).toMatchObject({ freeFen: 100_000, availableFen: 0, reservedFen: 0 })
  })
  it('what comes back half a year after it has ended goes on to its program too', async () => {
    const late = testWorld(world.table, '2027-01-02T02:00:00.000Z')
    const program = await makeProgram(late, { budgetFen: 100_000, period: { from: '2026-01-01', until: '2099-12-31' } })
    const terms = { uses: 1, faceFen: 30_000, budgetFen: 30_000, until: '2027-01-10T00:00:00.000Z' }
    const { voucher, code } = await makeVoucher(late, program, terms)
    const dates = { date: '2027-12-20', opensAt: '2027-01-01T00:00:00.000Z', closesAt: '2027-12-01T00:00:00.000Z' }
    const { run } = await makeRun(late, { priceFen: 30_000, ...dates })
    const [has = ''] = await makePeople(late, 1)
    const price = await getPrice(late, quoteSecret, { actor: actor(has), params: { runId: run.id }, voucher: code })
    const call = { actor: actor(has), params: { runId: run.id } }
    const seat = await claimSeat(
      { world: late, memory: seatMemory(late), quoteSecret },
      { ...call, command: newCommand(late, 'claimSeat'), body: { quote: price.quote } },
    )
    expect(seat.state).toBe('active')
    // It ends, is looked at for half a year, and then no more.
    for (const at of ['2027-01-10T01:00:00.000Z', '2027-07-10T02:00:00.000Z', '2027-07-10T04:00:00.000Z']) {
      late.moveTo(at)
      await sweepFunding(late)
    }
    const head = () => readItem(late.table, keys.pot.key(program.id, voucher.id, '00'))
    expect(await head()).toMatchObject({ state: 'closed', spentFen: 30_000 })
    late.moveTo('2027-09-01T02:00:00.000Z')
    const pointer = await readItem(late.table, keys.voucherOfProgram.key(program.id, voucher.id))
    expect(await readItem(late.table, keys.voucher.key(String(pointer?.['hash'])))).not.toHaveProperty('dueAt')
    await cancelEnrollment(late, { actor: actor(has), command: newCommand(late, 'cancelEnrollment'), params: { enrollmentId: seat.id } })
    expect(await budget(program)).toMatchObject({ freeFen: 70_000, availableFen: 30_000 })
    await sweepFunding(late)
    expect(await budget(program)).toMatchObject({ freeFen: 100_000, availableFen: 0, spentFen: 0 })
    expect(await head()).not.toHaveProperty('dueAt')
    expect((await sweepFunding(late)).due).toBe(0)
  })
  it('keeps its own state while its program is frozen, and follows it when that goes on', async () => {
    const { program, voucher } = await issued()
    await stepTo(program, 'frozen')
    expect([await stateOf(voucher), (await potOf(voucher))?.state]).toEqual(['open', 'frozen'])
    expect(await step(voucher, 'frozen')).toMatchObject({ state: 'frozen' })
    await stepTo(program, 'active')
    expect([await stateOf(voucher), (await potOf(voucher))?.state]).toEqual(['frozen', 'frozen'])
    await stepTo(program, 'frozen')
    await step(voucher, 'open')
    expect((await potOf(voucher))?.state).toBe('frozen')
    await stepTo(program, 'active')
    expect((await potOf(voucher))?.state).toBe('open')
    await step(voucher, 'frozen')
    await stepTo(program, 'closing')
    expect([await stateOf(voucher), (await budget(program)).freeFen]).toEqual(['closed', 100_000])
    await expect(step(voucher, 'open')).rejects.toMatchObject({ code: 'illegal-transition' })
  })
  it('is there for managers of its union only, and only below its own program', async () => {
    const { program, voucher } = await issued()
    const { program: other } = await issued()
    await expect(step(voucher, 'frozen', { by: sponsorActor(world, program.sponsorId) as never })).resolves.toMatchObject({
      state: 'frozen',
    })
    const reviewer = sponsorActor(world, program.sponsorId, 'sponsor:reviewer') as never
    await expect(step(voucher, 'open', { by: reviewer })).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = sponsorActor(world, other.sponsorId) as never
    await expect(step(voucher, 'open', { by: stranger })).rejects.toMatchObject({ code: 'not-found' })
    for (const one of [
      { programId: other.id, id: voucher.id },
      { programId: program.id, id: world.id('voucher') },
    ])
      await expect(step(one, 'open')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('closing a voucher while it is used', () => {
  const use = 10_000
  async function wishes(date: string) {
    const program = await makeProgram(world, { budgetFen: 400_000 })
    const { voucher, code } = await makeVoucher(world, program, { uses: 40, budgetFen: 40 * use })
    const { run } = await makeRun(world, { priceFen: use, capacity: 60, date })
    const claims = await Promise.all((await makePeople(world, 40)).map((person) => quoted(run.id, person, code)))
    return { program, voucher, claims }
  }
  it('pays what it promised until then, nothing after, and the rest is free again to the fen', async () => {
    const { program, voucher, claims } = await wishes('2026-12-22')
    const closing = async () => {
      for (let turn = 0; turn < 120; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await step(voucher, 'closed')
      return budget(program)
    }
    const claimed = claims.map(({ claim }) =>
      claim().then(
        () => 1,
        (error: unknown) => {
          if (error instanceof Refusal && error.code === 'price-changed') return 0
          throw error
        },
      ),
    )
    const [answers, atClose] = await Promise.all([Promise.all(claimed), closing()])
    const used = answers.filter(Boolean).length
    const end = await budget(program)
    expect(end).toEqual(atClose)
    expect(end).toMatchObject({ spentFen: used * use, freeFen: 400_000 - used * use, availableFen: 0, reservedFen: 0 })
  })
  it('CONTROL: counted first and emptied then, without a condition on the pot, the same money is there twice', async () => {
    const { program, voucher, claims } = await wishes('2026-12-23')
    broken = program.id
    const write = (key: { pk: string; sk: string }, set: string, values: Record<string, unknown>, names?: Record<string, string>) =>
      world.table.client.send(
        new UpdateCommand({
          TableName: world.table.name,
          Key: key,
          UpdateExpression: set,
          ExpressionAttributeValues: values,
          ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
        }),
      )
    const fen = (await potOf(voucher))?.availableFen ?? 0
    await Promise.all(claims.map(({ claim }) => claim()))
    const { freeFen, setAsideFen } = await readAccount(world.table, program.id)
    const moved = { ':free': freeFen + fen, ':aside': setAsideFen - fen }
    await write(keys.programAccount.key(program.id), 'SET freeFen = :free, setAsideFen = :aside', moved)
    const shut = { ':none': 0, ':closed': 'closed' }
    await write(keys.pot.key(program.id, voucher.id, '00'), 'SET availableFen = :none, #state = :closed', shut, { '#state': 'state' })
    const { freeFen: free, spentFen } = await budget(program)
    expect(free + spentFen).toBeGreaterThan(400_000)
    const codes = (await checkBooks(world)).violations.filter(({ at }) => at.includes(program.id)).map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['B1', 'B2']))
  })
})

describe('a process that dies while it closes a voucher', () => {
  it('at whatever call, the same command closes it; or the sweep opens again what it left shut', async () => {
    const probe = await issued()
    const alive = mortal(world, { provider: {} } as never)
    await step(probe.voucher, 'closed', { world: alive.world })
    const writes = Array.from({ length: alive.calls() }, (_, at) => at + 1).filter((at) => alive.effects(at))
    expect(writes).toHaveLength(2)
    for (const at of writes)
      for (const moment of moments)
        for (const again of ['command', 'sweep'] as const) {
          const { program, voucher } = await issued()
          const dying = mortal(world, { provider: {} } as never, at, moment)
          const key = `dies-${at}-${moment}-${again}`
          await step(voucher, 'closed', { key, world: dying.world }).catch(() => undefined)
          if (again === 'command') expect(await step(voucher, 'closed', { key })).toMatchObject({ state: 'closed', used: 0 })
          else await sweepFunding(world)
          const closed = (await stateOf(voucher)) === 'closed'
          if (again === 'command') expect(closed).toBe(true)
          expect((await potOf(voucher))?.state).toBe(closed ? 'closed' : 'open')
          expect(await budget(program)).toMatchObject(
            closed ? { freeFen: 100_000, availableFen: 0 } : { freeFen: 50_000, availableFen: 50_000 },
          )
        }
  })
})
