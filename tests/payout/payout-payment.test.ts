import { platformId } from '@skills/contract/ids.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { checkPayments } from '@skills/core/books/payment-books.ts'
import { openBooks } from '@skills/core/books/books.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import { nextPayment, paidOf } from '@skills/core/payout/payout-payment.ts'
import type { PayoutPaymentsItem } from '@skills/core/payout/payout-payment.table.ts'
import { readStatements } from '@skills/core/payout/payout.table.ts'
import { readItem, type Item } from '@skills/core/table.ts'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { getDashboard } from '@skills/functions/payout/get-dashboard.ts'
import { getPayout, listPayouts, recordPayoutPayment } from '@skills/functions/payout/payouts.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { deliverAll, fresh, hold, pay, priceFen, usePaymentScene } from '../order/payment-scene.ts'
import { afterRun, payoutFaults, payoutScene, providerActor } from './payout-scene.ts'

const scene = usePaymentScene('payout-payment')
const operator = providerActor(platformId, 'platform:operator', 'per_70000000000000000000000031')
let run: { id: string; providerId: string }
const totalFen = 2 * priceFen

beforeAll(async () => {
  const { world } = scene
  const date = dateAt(plusMinutes(world.now(), 20 * 24 * 60))
  const item = await makeRun(world, {
    capacity: 4,
    priceFen,
    date,
    opensAt: plusMinutes(world.now(), -60),
    closesAt: plusMinutes(world.now(), 9_000),
  })
  for (const held of [await hold(scene, item.run), await hold(scene, item.run)]) await pay(scene, held)
  await deliverAll(scene)
  await afterRun(scene, item.run)
  run = item.run
  await world.table.client.send(
    new PutCommand({ TableName: world.table.name, Item: { ...keys.provider.key(run.providerId), provider: {} } }),
  )
  expect(await payoutScene(world, run).close()).toMatchObject({ differenceFen: totalFen })
})

const record = (fen: number, reference: string, more: { corrects?: number } = {}, command = fresh('recordPayoutPayment')) =>
  recordPayoutPayment(scene.world, {
    ...{ actor: operator, command, params: { runId: run.id, number: 1 } },
    body: { fen, paidOn: dateAt(scene.world.now()), reference, ...more },
  })
const money = async () => {
  const { items, money: sums } = await listPayouts(scene.world, { actor: operator, params: run, page: { limit: 10, after: undefined } })
  return { ...sums, entries: items[0]?.payments.length ?? 0 }
}
const faults = async (change: (item: Item) => Item | undefined = (item) => item) =>
  checkPayments(
    openBooks(
      (await scanTable(scene.world.table)).flatMap((item) => change(structuredClone(item)) ?? []),
      scene.world.now(),
    ),
  )

describe('what was paid of a statement is recorded', () => {
  it('by operators alone, and only of what was closed', async () => {
    const call = { command: fresh('recordPayoutPayment'), body: { fen: 1, paidOn: '2026-12-20', reference: 'REF1' } }
    const ask = (actor: typeof operator, number: number) =>
      recordPayoutPayment(scene.world, { ...call, actor, params: { runId: run.id, number } })
    await expect(ask(providerActor(run.providerId), 1)).rejects.toMatchObject({ code: 'not-found' })
    await expect(ask(operator, 2)).rejects.toMatchObject({ code: 'not-found' })
    expect(await money()).toMatchObject({ statements: 1, earnedFen: totalFen, paidFen: 0, openFen: totalFen, entries: 0 })
  })

  it('once, however often it is sent, and the provider sees it', async () => {
    const command = fresh('recordPayoutPayment')
    const answers = await Promise.all([record(priceFen, 'ICBC1', {}, command), record(priceFen, 'ICBC1', {}, command)])
    expect(answers[0]).toEqual(answers[1])
    expect(await money()).toMatchObject({ paidFen: priceFen, openFen: totalFen - priceFen, entries: 1 })
    const actor = providerActor(run.providerId)
    const { statements } = await getPayout(scene.world, { actor, params: { runId: run.id } })
    expect(statements).toMatchObject([{ paidFen: priceFen, payments: [{ fen: priceFen, reference: 'ICBC1', by: operator.personId }] }])
    expect((await getDashboard(scene.world, { actor, params: run })).money).toMatchObject({ statements: 1, paidFen: priceFen })
  })

  it('and without the versions several would be told that theirs was recorded (the control)', async () => {
    const key = keys.payoutPayments.key(run.id, '0001')
    const { table } = scene.world
    const before = (await readItem(table, key)) as unknown as Item & PayoutPaymentsItem
    const [statement] = await readStatements(table, run.providerId, run.id)
    if (statement === undefined) throw new Error('no statement')
    const open = totalFen - priceFen
    const naive = async (reference: string, read: PayoutPaymentsItem) => {
      const account = { statedFen: totalFen, paidFen: paidOf(read.payments) }
      const said = { fen: open, paidOn: dateAt(scene.world.now()), reference }
      const one = nextPayment(statement, read.payments, account, said, { now: scene.world.now(), by: operator.personId })
      await table.client.send(new PutCommand({ TableName: table.name, Item: { ...before, payments: [...read.payments, one] } }))
    }
    // All have read before anybody writes.
    const reads = await Promise.all(Array.from({ length: 6 }, () => readItem(table, key) as unknown as Promise<PayoutPaymentsItem>))
    const all = await Promise.allSettled(reads.map((read, place) => naive(`NAIVE${place}`, read)))
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(1)
    await table.client.send(new PutCommand({ TableName: table.name, Item: before }))
  })

  it('never above what is open, by however many at once', async () => {
    const open = totalFen - priceFen
    const all = await Promise.allSettled(Array.from({ length: 6 }, (_, place) => record(open, `RACE${place}`)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect((one.reason as { code: string }).code).toMatch(/payout-overpaid|busy/)
    expect(await money()).toMatchObject({ paidFen: totalFen, openFen: 0, entries: 2 })
    expect(await faults()).toEqual([])
  })

  it('and taken back by a counter-entry, after which as much is open again', async () => {
    const { payments } = await record(priceFen, 'BACK1', { corrects: 1 })
    expect(payments.map(({ fen, corrects }) => [fen, corrects])).toEqual([
      [priceFen, null],
      [totalFen - priceFen, null],
      [-priceFen, 1],
    ])
    expect(await money()).toMatchObject({ paidFen: totalFen - priceFen, openFen: priceFen })
    await record(priceFen, 'ICBC1')
    expect(await money()).toMatchObject({ paidFen: totalFen, openFen: 0, entries: 4 })
    expect(await payoutFaults(scene.world)).toEqual([])
    expect(await faults()).toEqual([])
  })

  it.each<[string, (item: Item) => Item | undefined]>([
    [
      'a fen more was paid',
      (item) => (item.sk === 'PAYMENTS' ? withFirst(item, (one) => ({ ...one, fen: Number(one['fen']) + 1 })) : item),
    ],
    ['an entry is gone', (item) => (item.sk === 'PAYMENTS' ? { ...item, payments: (item['payments'] as object[]).slice(1) } : item)],
    ['all entries are gone', (item) => (item.sk === 'PAYMENTS' ? undefined : item)],
    ['the account says another sum', (item) => (item.sk === 'PAYOUT-ACCOUNT' ? { ...item, statedFen: 1 } : item)],
    ['the account is gone', (item) => (item.sk === 'PAYOUT-ACCOUNT' ? undefined : item)],
    ['the statement is gone', (item) => (item.pk.startsWith('PROVIDER#') && item.sk.startsWith('PAYOUT#') ? undefined : item)],
  ])('the books see that %s', async (_, change) => {
    expect((await faults(change)).map(({ code }) => code)).toContain('P3')
  })
})

const withFirst = (item: Item, change: (one: Record<string, unknown>) => object): Item => {
  const [first = {}, ...rest] = item['payments'] as Record<string, unknown>[]
  return { ...item, payments: [change(first), ...rest] }
}
