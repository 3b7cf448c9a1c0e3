import { dateAt } from '@skills/contract/time.ts'
import { checkBooks } from '@skills/core/books/books.table.ts'
import { invoicedOrder, invoicesOf } from '@skills/core/order/invoice.ts'
import { bringInvoicesOfSeat, readInvoices } from '@skills/core/order/invoice.table.ts'
import { getMyOrder } from '@skills/functions/orders/get-my-order.ts'
import { exportInvoices, listInvoices, recordInvoice, type ExportLimits } from '@skills/functions/orders/invoices.ts'
import { saveInvoiceTitle } from '@skills/functions/orders/save-invoice-title.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor, command, makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { deliverAll, fresh, hold, leave, now, pay, settle, startPayments, type Held, type PaymentScene } from '../order/payment-scene.ts'
import { firmTitle, operator, refusalOf } from './employer-scene.ts'

let scene: PaymentScene
const priceFen = 70_001
beforeAll(async () => void (scene = await startPayments('invoices')))
afterAll(async () => {
  expect((await checkBooks(scene.world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
  await scene.stop()
})

/** A person holds a seat that a program pays a part of. */
async function subsidized() {
  const { world } = scene
  const run = await makeRun(world, { priceFen, capacity: 10 })
  const program = await makeProgram(world, { budgetFen: 1_000_000 })
  await allocateTo(world, program, run, { seats: 5, fen: 150_000 })
  return { run, held: await hold(scene, run.run) }
}
const bring = (held: Held) => bringInvoicesOfSeat(scene.world, held.personId, held.enrollmentId)
const asked = async (providerId: string) => (await readInvoices(scene.world.table, providerId)).map(({ invoice }) => invoice)
const title = (held: Held, body: Parameters<typeof saveInvoiceTitle>[1]['body']) =>
  saveInvoiceTitle(scene.world, {
    actor: actor(held.personId),
    command: fresh('saveInvoiceTitle'),
    params: { orderId: held.orderId },
    body,
  })

describe('invoice requests', () => {
  it('are one for each payer of a seat and add up to the fee; what goes back takes each back, linked', async () => {
    const { run, held } = await subsidized()
    await bring(held)
    expect(await asked(run.run.providerId)).toEqual([])
    await pay(scene, held)
    await deliverAll(scene)
    await Promise.all([bring(held), bring(held), bring(held)])
    const blue = await asked(run.run.providerId)
    expect(blue.map(({ payer, fen, kind }) => [payer, fen, kind]).sort()).toEqual([
      ['person', 40_001, 'blue'],
      ['sponsor', 30_000, 'blue'],
    ])
    expect(blue.reduce((sum, { fen }) => sum + fen, 0)).toBe(priceFen)
    expect(blue.find(({ payer }) => payer === 'sponsor')?.title).toBe('示范工会')
    expect(blue[0]?.keepUntil).toBe('2031-12-01')

    await leave(scene, held)
    await settle(scene)
    await deliverAll(scene)
    await bring(held)
    await bring(held)
    const all = await asked(run.run.providerId)
    const red = all.filter(({ kind }) => kind === 'red')
    expect(red.map(({ payer, fen }) => [payer, fen]).sort()).toEqual([
      ['person', 40_001],
      ['sponsor', 30_000],
    ])
    for (const one of red) expect(all.find(({ id }) => id === one.of)).toMatchObject({ kind: 'blue', payer: one.payer })
  })

  it('a refund that failed after all and was sent again is taken back once', async () => {
    const { held } = await subsidized()
    await pay(scene, held)
    await deliverAll(scene)
    await leave(scene, held)
    const { order, enrollment } = await now(scene, held)
    const [owed] = order.refunds
    if (owed === undefined) throw new Error('nothing is owed')
    const reds = (refunds: typeof order.refunds) =>
      invoicesOf(invoicedOrder({ ...order, refunds }, enrollment.cancelledAt))
        .filter(({ invoice }) => invoice.kind === 'red' && invoice.payer === 'person')
        .map(({ invoice }) => invoice.id)
    const once = reds([{ ...owed, state: 'succeeded' }])
    expect(once).toHaveLength(1)
    const again = { ...owed, id: scene.world.id('refund') }
    expect(reds([{ ...owed, state: 'canceled' }, again])).toEqual([])
    expect(
      reds([
        { ...owed, state: 'canceled' },
        { ...again, state: 'succeeded' },
      ]),
    ).toEqual(once)
    await settle(scene)
    await deliverAll(scene)
  })
})

describe('whom an invoice is for', () => {
  it('is said before or after paying, until it is issued', async () => {
    const { run, held } = await subsidized()
    expect(await title(held, { kind: 'person', title: ' 测试员 ', taxNumber: null, email: '' })).toEqual({
      kind: 'person',
      title: '测试员',
      taxNumber: null,
      email: null,
    })
    await pay(scene, held)
    await deliverAll(scene)
    await bring(held)
    const own = async () => (await asked(run.run.providerId)).find(({ payer }) => payer === 'person')
    expect(await own()).toMatchObject({ title: '测试员', taxNumber: null })
    await title(held, { ...firmTitle, taxNumber: '９１３５０１００ m000100y43' })
    expect(await own()).toMatchObject({ title: firmTitle.title, taxNumber: '91350100M000100Y43' })

    const { providerId } = run.run
    const number = (invoiceId: string, text: string) =>
      recordInvoice(scene.world, {
        actor: operator,
        command: fresh('recordInvoice'),
        params: { providerId, invoiceId },
        body: { number: text },
      })
    const invoiceId = (await own())?.id ?? ''
    expect(await number(invoiceId, '25442000000012345678')).toMatchObject({ number: '25442000000012345678' })
    expect((await refusalOf(number(invoiceId, '25442000000012345679'))).code).toBe('illegal-transition')
    expect((await refusalOf(title(held, firmTitle))).code).toBe('invoice-title-wrong')
    expect((await refusalOf(number(scene.world.id('invoice'), '25442000000012345678'))).code).toBe('not-found')
  })

  it('is refused field by field, with the code of what is wrong', async () => {
    const { held } = await subsidized()
    const errors = async (body: Parameters<typeof title>[1]) =>
      (await refusalOf(title(held, body))).errors.map(({ pointer, code }) => `${pointer} ${code}`)
    expect(await errors({ ...firmTitle, taxNumber: '91350100M000100Y4Z', email: 'nobody' })).toEqual([
      '#/email email',
      '#/taxNumber uscc-letter',
    ])
    expect(await errors({ ...firmTitle, taxNumber: '91350100M000100Y44' })).toEqual(['#/taxNumber uscc-checksum'])
    expect(await errors({ ...firmTitle, taxNumber: '350100100000001' })).toEqual(['#/taxNumber uscc-15-digits'])
    expect(await errors({ ...firmTitle, taxNumber: null })).toEqual(['#/taxNumber required'])
    expect(await errors({ kind: 'person', title: '测试\u202e员', taxNumber: firmTitle.taxNumber, email: null })).toEqual([
      '#/title characters',
      '#/taxNumber tax-number-person',
    ])
    expect((await refusalOf(title({ ...held, orderId: `ord_${held.orderId.slice(4, -1)}0` }, firmTitle))).code).toBe('not-found')
    await leave(scene, held)
    expect((await refusalOf(title(held, firmTitle))).code).toBe('invoice-title-wrong')
  })

  it('changes of it and the request that is being made never miss each other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { run, held } = await subsidized()
      await pay(scene, held)
      await deliverAll(scene)
      await Promise.all([bring(held), title(held, firmTitle), bring(held)])
      await bring(held)
      const own = (await asked(run.run.providerId)).filter(({ payer }) => payer === 'person')
      expect(own).toMatchObject([{ title: firmTitle.title, taxNumber: firmTitle.taxNumber }])
    }
  })
})

describe('a provider', () => {
  it('sees and exports its own alone; no cell is calculated and no digit lost', async () => {
    const { run, held } = await subsidized()
    await title(held, { kind: 'person', title: '=1+1', taxNumber: null, email: null })
    await pay(scene, held)
    await deliverAll(scene)
    await bring(held)
    const { providerId } = run.run
    const manager = {
      personId: 'per_70000000000000000000000003',
      memberships: [{ organizationId: providerId, roles: ['provider:manager' as const] }],
    }
    const page = await listInvoices(scene.world, {
      actor: manager,
      params: { providerId },
      query: {},
      page: { limit: 1, after: undefined },
    })
    expect(page.items).toHaveLength(1)
    const rest = await listInvoices(scene.world, {
      actor: manager,
      params: { providerId },
      query: {},
      page: { limit: 5, after: page.next ?? undefined },
    })
    expect([...page.items, ...rest.items].map(({ fen }) => fen).sort()).toEqual([30_000, 40_001])

    const sponsor = (await asked(providerId)).find(({ payer }) => payer === 'sponsor')
    await recordInvoice(scene.world, {
      actor: manager,
      command: command('number', 'asked', 'recordInvoice'),
      params: { providerId, invoiceId: sponsor?.id ?? '' },
      body: { number: '25442000000099999999' },
    })
    const take = async (more: Partial<Parameters<typeof exportInvoices>[1]> = {}, limits?: ExportLimits) => {
      const call = { actor: manager, params: { providerId }, query: {}, page: { after: undefined }, language: 'zh' as const, ...more }
      const { text, next } = await exportInvoices(scene.world, call, limits)
      return { text: String(text), next }
    }
    const { text, next } = await take()
    expect(next).toBeNull()
    expect(text).toContain(`"'=1+1"`)
    expect(text).toContain(`"'25442000000099999999"`)
    expect(text).toContain('"400.01"')
    expect(text).toContain(`导出：${manager.personId}，${dateAt(scene.world.now())}`)
    for (const cell of text.split(/","|\r\n/)) expect(cell.replace(/^\ufeff?"/, '')).not.toMatch(/^[=+\-@＝＋－＠]/)

    // Past its limit it says so, and the next file goes on.
    const limits = { rows: 1, bytes: 1_000_000, looked: 20_000 }
    const first = await take({}, limits)
    expect(first.text).toContain('未完：本文件有 1 条')
    const second = await take({ page: { after: first.next ?? undefined } }, limits)
    expect(second.next).toBeNull()
    const ids = (await asked(providerId)).map(({ id }) => id)
    expect(ids.filter((id) => first.text.includes(id))).toHaveLength(1)
    expect(ids.filter((id) => second.text.includes(id))).toHaveLength(1)
    expect(ids.every((id) => first.text.includes(id) || second.text.includes(id))).toBe(true)
    const xlsx = await exportInvoices(scene.world, {
      ...{ actor: manager, params: { providerId }, query: { format: 'xlsx' }, page: { after: undefined }, language: 'en' },
    })
    expect(xlsx.headers['content-type']).toContain('spreadsheetml')

    const list = async (query: Parameters<typeof listInvoices>[1]['query']) =>
      (await listInvoices(scene.world, { actor: manager, params: { providerId }, query, page: { limit: 50, after: undefined } })).items
    const month = dateAt(scene.world.now()).slice(0, 7)
    expect((await list({ show: 'issued' })).map(({ payer }) => payer)).toEqual(['sponsor'])
    expect((await list({ show: 'open', month })).map(({ payer }) => payer)).toEqual(['person'])
    expect(await list({ month: '2020-01' })).toEqual([])
    expect(await list({ show: 'red' })).toEqual([])
    expect(await list({ month })).toHaveLength(2)

    // She sees her own part, and its number once it was issued; the union's is the union's.
    const order = () => getMyOrder(scene.world, { actor: { personId: held.personId, memberships: [] }, params: { orderId: held.orderId } })
    expect((await order()).invoices).toMatchObject([{ kind: 'blue', fen: 40_001, title: '=1+1', number: null }])
    await recordInvoice(scene.world, {
      actor: manager,
      command: fresh('recordInvoice'),
      params: { providerId, invoiceId: (await order()).invoices[0]?.id ?? '' },
      body: { number: '25442000000011111111' },
    })
    expect((await order()).invoices).toMatchObject([{ number: '25442000000011111111' }])

    const stranger = {
      personId: manager.personId,
      memberships: [{ organizationId: scene.world.id('provider'), roles: ['provider:manager' as const] }],
    }
    expect((await refusalOf(take({ actor: stranger }))).code).toBe('not-found')
  })
})
