import type { Program } from '@skills/contract/funding.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { checkBooks, scanTable } from '@skills/core/books/books.table.ts'
import { askReview } from '@skills/functions/enrollment/ask-review.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { decideReview, listReviews } from '@skills/functions/sponsor/decide-review.ts'
import { stepAllocation } from '@skills/functions/sponsor/step-allocation.ts'
import { getProgram } from '@skills/functions/sponsor/list-programs.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { allocateTo, makeProgram, makeVoucher, newCommand, operator, sponsorActor } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
let run: RunItem
let program: Program
beforeAll(async () => {
  const started = await startTable('reviews')
  stop = started.stop
  world = testWorld(started.table)
  run = await makeRun(world, { priceFen: 50_000 })
  program = await makeProgram(world, { budgetFen: 300_000, rules: [{ kind: 'union-member' }, { kind: 'region', regions: ['4602'] }] })
  await allocateTo(world, program, run, { seats: 2, fen: 60_000 })
})
afterAll(async () => {
  expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
  await stop()
})

const ask = (person: string, more: Partial<{ programId: string; statement: string; key: string; voucher: string }> = {}) =>
  askReview(world, {
    actor: actor(person),
    command: { ...newCommand(world, 'askReview'), ...(more.key === undefined ? {} : { id: more.key }) },
    params: { runId: run.run.id },
    body: {
      programId: more.programId ?? program.id,
      statement: more.statement ?? '我刚换了单位，会籍还没有转过来。',
      voucher: more.voucher,
    },
  })
const decide = (
  reviewId: string,
  to: 'granted' | 'refused',
  by = sponsorActor(world, program.sponsorId, 'sponsor:reviewer'),
  of = program,
) =>
  decideReview(world, {
    actor: by,
    command: newCommand(world, 'decideReview'),
    params: { programId: of.id, reviewId },
    body: { to, reason: '情况属实' },
  })
const lines = async (person: string, voucher?: string) => {
  const call = { actor: actor(person), params: { runId: run.run.id } }
  return getPrice(world, quoteSecret, voucher === undefined ? call : { ...call, voucher })
}
const said = async (person: string, programId: string, voucher?: string) => {
  const line = (await lines(person, voucher)).programs.find((one) => one.programId === programId)
  return line && { fen: line.fen, review: line.review, reviewable: line.reviewable, reasons: line.reasons.map(({ code }) => code) }
}
const priceFor = async (person: string) => {
  const { split, programs } = await lines(person)
  return { subsidyFen: split.subsidyFen, review: programs[0]?.review, reviewable: programs[0]?.reviewable }
}
const person = async () => (await makePeople(world, 1))[0] ?? ''

describe('a review', () => {
  it('granted, it waives the rules for this person and nobody else; she is told', async () => {
    const [asks, other] = [await person(), await person()]
    expect(await priceFor(asks)).toEqual({ subsidyFen: 0, review: null, reviewable: true })
    const { reviewId } = await ask(asks)
    expect((await priceFor(asks)).review).toBe('open')
    const { reviews } = await listReviews(world, { actor: operator(world), params: { programId: program.id } })
    expect(reviews).toMatchObject([{ id: reviewId, state: 'open', refusedFor: ['union-unknown', 'region-not-covered'], maskedName: '测*' }])
    expect((await getProgram(world, { actor: operator(world), params: { programId: program.id } })).openReviews).toBe(1)
    expect(await decide(reviewId, 'granted')).toMatchObject({ state: 'granted', reason: '情况属实' })
    expect(await priceFor(asks)).toEqual({ subsidyFen: 30_000, review: 'granted', reviewable: false })
    expect((await priceFor(other)).subsidyFen).toBe(0)
    const told = (await scanTable(world.table)).filter(
      (item) => (item['event'] as { type?: string } | undefined)?.type === 'review-decided',
    )
    expect(told.map(({ event }) => event)).toEqual([{ type: 'review-decided', personId: asks, runId: run.run.id, granted: true }])
  })
  it('is asked for once, decided once, and never by who asked', async () => {
    const asks = await person()
    const first = await ask(asks, { key: 'review-once' })
    expect(await ask(asks, { key: 'review-once' })).toEqual(first)
    await expect(ask(asks)).rejects.toMatchObject({ code: 'review-pending' })
    const own = { ...sponsorActor(world, program.sponsorId, 'sponsor:reviewer'), personId: asks }
    await expect(decide(first.reviewId, 'granted', own)).rejects.toMatchObject({ code: 'forbidden' })
    const both = await Promise.allSettled([decide(first.reviewId, 'granted'), decide(first.reviewId, 'refused')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(decide(first.reviewId, 'refused')).rejects.toMatchObject({ code: 'illegal-transition' })
    expect((await lines(asks)).programs[0]?.reviewReason).toBe('情况属实')
    await expect(ask(asks)).rejects.toMatchObject({ code: 'review-pending' })
    await expect(decide(world.id('review'), 'granted')).rejects.toMatchObject({ code: 'not-found' })
    const stranger = sponsorActor(world, world.id('sponsor'), 'sponsor:reviewer')
    await expect(decide(first.reviewId, 'granted', stranger)).rejects.toMatchObject({ code: 'not-found' })
  })
  it('is for who is refused by the program of her voucher, which sets nothing aside for the run', async () => {
    const [asks, other] = [await person(), await person()]
    const vouchers = await makeProgram(world, { budgetFen: 50_000, scheme: 'vouchers', rules: [{ kind: 'union-member' }] })
    const { code } = await makeVoucher(world, vouchers)
    const refused = { fen: 0, review: null, reviewable: true, reasons: ['union-unknown'] }
    expect(await said(asks, vouchers.id, code)).toEqual(refused)
    const hidden = { code: 'validation-failed', errors: [{ pointer: '#/programId', code: 'not-reviewable' }] }
    await expect(ask(asks, { programId: vouchers.id })).rejects.toMatchObject(hidden)
    await expect(ask(asks, { programId: vouchers.id, voucher: `${code}X` })).rejects.toMatchObject(hidden)
    const { reviewId } = await ask(asks, { programId: vouchers.id, voucher: code })
    await expect(ask(asks, { programId: vouchers.id, voucher: code })).rejects.toMatchObject({ code: 'review-pending' })
    for (const spelling of [code, code.replaceAll('-', '')]) expect(JSON.stringify(await scanTable(world.table))).not.toContain(spelling)
    await decide(reviewId, 'granted', operator(world) as never, vouchers)
    expect(await said(asks, vouchers.id, code)).toEqual({ fen: 10_000, review: 'granted', reviewable: false, reasons: [] })
    expect(await said(other, vouchers.id, code)).toEqual(refused)
  })
  it('is for who is refused by a rule while the money is used up: granted, the price says what is missing besides', async () => {
    const asks = await person()
    const poor = await makeProgram(world, { budgetFen: 90_000, scheme: 'poor', rules: [{ kind: 'union-member' }] })
    await allocateTo(world, poor, run, { seats: 1, fen: 30_000 })
    const step = (to: 'open' | 'frozen' | 'closed') =>
      stepAllocation(world, {
        actor: operator(world),
        command: newCommand(world, 'stepAllocation'),
        params: { programId: poor.id, runId: run.run.id },
        body: { to },
      })
    await step('frozen')
    expect(await said(asks, poor.id)).toMatchObject({ reviewable: true, reasons: ['allocation-frozen', 'union-unknown'] })
    const { reviewId } = await ask(asks, { programId: poor.id })
    const { reviews } = await listReviews(world, { actor: operator(world), params: { programId: poor.id } })
    expect(reviews).toMatchObject([{ refusedFor: ['allocation-frozen', 'union-unknown'] }])
    await decide(reviewId, 'granted', operator(world) as never, poor)
    expect(await said(asks, poor.id)).toEqual({ fen: 0, review: 'granted', reviewable: false, reasons: ['allocation-frozen'] })
    await step('open')
    expect(await said(asks, poor.id)).toMatchObject({ fen: 30_000, reasons: [] })
    // What can never pay again is still shown, and nobody is sent to write about it.
    await step('closed')
    const late = await person()
    expect(await said(late, poor.id)).toMatchObject({ reviewable: false, reasons: ['allocation-closed', 'union-unknown'] })
    await expect(ask(late, { programId: poor.id })).rejects.toMatchObject({ errors: [{ code: 'not-reviewable' }] })
  })
  it('is not for programs that pay, pay nothing here, or have no money; words hold no numbers', async () => {
    const asks = await person()
    const wrong = (pointer: string, code: string) => ({ code: 'validation-failed', errors: [{ pointer, code }] })
    const elsewhere = await makeProgram(world, { budgetFen: 1_000, rules: [{ kind: 'union-member' }] })
    await expect(ask(asks, { programId: elsewhere.id })).rejects.toMatchObject(wrong('#/programId', 'not-reviewable'))
    const pays = await makeProgram(world, { budgetFen: 90_000 })
    await allocateTo(world, pays, run, { seats: 1, fen: 30_000 })
    await expect(ask(asks, { programId: pays.id })).rejects.toMatchObject(wrong('#/programId', 'not-reviewable'))
    for (const statement of ['我的电话 138 0000 0000', '身份证１１０１０５１９９００３０７７７５８', '  '])
      await expect(ask(asks, { statement })).rejects.toMatchObject({ code: 'validation-failed', errors: [{ pointer: '#/statement' }] })
    await expect(
      askReview(world, {
        actor: actor(asks),
        command: newCommand(world, 'askReview'),
        params: { runId: world.id('run') },
        body: { programId: program.id, statement: '请复核' },
      }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})
