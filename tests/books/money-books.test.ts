import { violations } from '@skills/core/books/books.table.ts'
import type { GrantItem, OrderItem } from '@skills/core/order/order.ts'
import type { Item } from '@skills/core/table.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPayments, type PaymentScene } from '../order/payment-scene.ts'
import { setBooksScene } from './books-scene.ts'
import {
  account,
  add,
  confirmed,
  drop,
  entry,
  granted,
  group,
  late,
  left,
  pick,
  pot,
  queue,
  seat,
  shard,
  spoil,
  type Seat,
} from './found-items.ts'

let scene: PaymentScene
let clean: Item[]
beforeAll(async () => {
  scene = await startPayments('money-books')
  clean = await setBooksScene(scene)
})
afterAll(() => scene.stop())

/** For each invariant: what a bug or a hand in the table could do, and the code that must notice. */
const corruptions: [string, string, (items: Item[]) => void][] = [
  ['S2', 'a held seat became free', (items) => add(shard(items, 'held'), { held: -1, free: 1 })],
  ['S2', 'an offer ended and kept its seat', (items) => void (entry(items, 'offered')['state'] = 'lapsed')],
  ['S2', 'a group order lost seats it paid for', (items) => add(shard(items, 'blocked'), { blocked: -1, free: 1 })],
  ['S2', 'a group order gave up seats that stay blocked', (items) => void (group(items, 'paid').pools = [])],
  ['S2', 'seats are set aside for a queue and are not', (items) => void (queue(items)['aside'] = { '00': 1 })],
  [
    'S4',
    'a hold outlived its end',
    (items) => void (seat(items, ({ state }) => state === 'awaiting-payment').enrollment.holdUntil = '2026-12-01T00:00:00.000Z'),
  ],
  ['S4', 'an offer outlived its end', (items) => void (entry(items, 'offered')['offerUntil'] = '2026-12-01T00:00:00.000Z')],
  ['S4', 'a group order outlived its hold', (items) => void (group(items, 'awaiting-payment').holdUntil = '2026-12-01T00:00:00.000Z')],
  ['B1', 'a program has money from nowhere', (items) => add(account(items), { freeFen: 1 })],
  [
    'B1',
    'a pot gave more than it had',
    (items) =>
      add(
        pot(items, () => true),
        { availableFen: -1_000_000, spentFen: 1_000_000 },
      ),
  ],
  ['B2', 'money that was set aside is in no pot', (items) => add(account(items), { freeFen: -1, setAsideFen: 1 })],
  ['B2', 'a pot is gone', (items) => drop(items, ({ pk, sk }) => pk.startsWith('POT#') && sk === 'HEAD')],
  [
    'B3',
    'a hold’s money is there to be promised again',
    (items) =>
      add(
        pot(items, (item) => Number(item['reservedFen']) > 0),
        { reservedFen: -100, availableFen: 100 },
      ),
  ],
  ['B2', 'a voucher was frozen and its pot still pays', (items) => void (pick(items, ({ sk }) => sk === 'VOUCHER')['state'] = 'frozen')],
  ['B2', 'an allocation was closed and its pot still pays', (items) => spoil(items, 'ALLOCATION', { state: 'closed' })],
  ['B3', 'a hold forgot its subsidy', (items) => void (granted(items, 'reserved').grant.state = 'voided')],
  [
    'B3',
    'a subsidized seat is counted twice',
    (items) =>
      add(
        pot(items, (item) => Number(item['reservedSeats']) > 0),
        { reservedSeats: 1, availableSeats: -1 },
      ),
  ],
  ['B4', 'a line of the subsidy ledger is gone', (items) => drop(items, ({ pk, sk }) => pk.startsWith('POT#') && sk.startsWith('MONEY#'))],
  [
    'B4',
    'a line of the subsidy ledger says another sum',
    (items) =>
      void add(
        pick(items, (item) => item.pk.startsWith('POT#') && item['to'] === 'reserved'),
        { fen: 1 },
      ),
  ],
  [
    'B4',
    'a line of a program’s ledger is gone',
    (items) => drop(items, ({ pk, sk }) => pk.startsWith('PROGRAM#') && sk.startsWith('MONEY#')),
  ],
  [
    'B4',
    'a top-up was written higher',
    (items) =>
      void add(
        pick(items, (item) => item.pk.startsWith('PROGRAM#') && item['from'] === 'outside'),
        { fen: 1 },
      ),
  ],
  ['B5', 'a subsidy is more than the price', (items) => void (granted(items, 'spent').grant.fen = 1_000_000)],
  ['B5', 'a subsidy does not say by which rules', (items) => void (granted(items, 'spent').grant.ruleSet = '')],
  [
    'B5',
    'a person’s entitlement forgot a subsidy',
    (items) => void (pick(items, (item) => ((item['uses'] as unknown[] | undefined)?.length ?? 0) > 0)['uses'] = []),
  ],
  [
    'B5',
    'an entitlement counts a subsidy that was given back',
    (items) => {
      const { grant, seat: own } = granted(items, 'returned')
      ;(pick(items, ({ pk, sk }) => pk === own.pk && sk === 'SCHEDULE')['uses'] as unknown[]).push({ ...grant, grantId: grant.id })
    },
  ],
  [
    'B5',
    'once, ever, happened twice',
    (items) => {
      const own = items.filter((item) => item.sk.startsWith('ENROLLMENT#')) as Seat[]
      const twice = Map.groupBy(
        own.filter(({ order }) => order.grants.some(({ state }) => state === 'spent')),
        ({ pk }) => pk,
      )
      for (const { order } of [...twice.values()].find(({ length }) => length === 2) ?? [])
        for (const grant of order.grants) grant.trade = 'electrician'
    },
  ],
  [
    'B6',
    'a seat’s subsidy was never spent',
    (items) =>
      add(
        pot(items, (item) => Number(item['spentFen']) > 0),
        { spentFen: -100, availableFen: 100 },
      ),
  ],
  ['B6', 'a subsidy came back and is still written as spent', (items) => void (granted(items, 'returned').grant.state = 'spent')],
  ['O1', 'a split does not add up', (items) => void (confirmed(items).order.split.payableFen += 1)],
  ['O1', 'a split says another subsidy than was granted', (items) => void (granted(items, 'spent').seat.order.grants = [])],
  ['O2', 'money that bought no seat is kept', (items) => void (late(items).order.refunds = [])],
  [
    'O2',
    'a paid hold lapsed',
    (items) => {
      const own = confirmed(items)
      own.enrollment.state = 'lapsed'
      Object.assign(own.order, { state: 'lapsed', confirmedAt: null })
    },
  ],
  [
    'O2',
    'a hold is paid for and has no seat yet',
    (items) => {
      const own = confirmed(items)
      own.enrollment.state = 'held'
      own.order.state = 'awaiting-payment'
    },
  ],
  ['O2', 'a group order was paid for and has no seats', (items) => void (group(items, 'paid').paidAt = null)],
  [
    'O3',
    'more was given back than was paid',
    (items) => void ((left(items).order.refunds[0] as { amountFen: number }).amountFen = 10_000_000),
  ],
  ['O3', 'a refund of what was never paid', (items) => void ((left(items).order.refunds[0] as { attempt: number }).attempt = 7)],
  [
    'O4',
    'a payment belongs to two orders',
    (items) => {
      const [a, b] = [confirmed(items), left(items)]
      ;(b.order.payments[0] as { paymentId: unknown }).paymentId = a.order.payments[0]?.paymentId
    },
  ],
  ['O4', 'the guard of a payment is gone', (items) => drop(items, ({ pk }) => pk.startsWith('PAYMENT#'))],
  [
    'O4',
    'money came for an order that forgot it',
    (items) => {
      const own = left(items)
      Object.assign(own.order, { payments: [], refunds: [] })
    },
  ],
  [
    'O4',
    'an order keeps two payments',
    (items) => {
      const { order } = confirmed(items)
      order.payments.push({ ...(order.payments[0] as OrderItem['payments'][number]), attempt: 2, paymentId: null })
    },
  ],
  ['O7', 'a seat is taken and its order waits', (items) => void (confirmed(items).order.state = 'awaiting-payment')],
  ['E2', 'a seat was not paid for', (items) => void (confirmed(items).order.payments = [])],
  ['E2', 'a seat with a price has no order', (items) => void delete (confirmed(items) as Partial<Seat>).order],
  [
    'E2',
    'an employer pays for a seat that no group order bought',
    (items) => {
      const { split } = granted(items, 'spent').seat.order
      Object.assign(split, { employerFen: split.payableFen, payableFen: 0 })
    },
  ],
  ['E2', 'a group order paid for fewer seats than it has', (items) => void (group(items, 'paid').totalFen += 1)],
  ['W1', 'an offer does not say which seat', (items) => void (entry(items, 'offered')['shard'] = null)],
  [
    'W2',
    'who came later was offered the seat',
    (items) => {
      const [first, second] = [entry(items, 'offered'), entry(items, 'waiting')]
      const { state, offeredAt, offerUntil, shard: of } = first
      Object.assign(first, { state: 'waiting', offeredAt: null, offerUntil: null, shard: null })
      Object.assign(second, { state, offeredAt, offerUntil, shard: of })
    },
  ],
  ['W3', 'a queue counts more than wait', (items) => add(queue(items), { waiting: 1 })],
  [
    'W3',
    'a queue counts people and there are none',
    (items) => {
      for (const one of items.filter(({ sk }) => sk.startsWith('ENTRY#'))) items.splice(items.indexOf(one), 1)
    },
  ],
  [
    'W3',
    'somebody waits and has a seat',
    (items) => {
      const { personId, runId } = entry(items, 'waiting')
      items.push({
        pk: `PERSON#${String(personId)}`,
        sk: `SEAT-OF#${String(runId)}`,
        state: 'active',
        enrollmentId: 'enr_00000000000000000000000000',
      })
    },
  ],
  [
    'W3',
    'a person’s pointer forgot her place',
    (items) => void (pick(items, (item) => item.sk.startsWith('WAITING-FOR#') && item['state'] === 'waiting')['state'] = 'over'),
  ],
  [
    'W3',
    'somebody waits twice',
    (items) => {
      const one = entry(items, 'waiting')
      items.push({ ...one, sk: 'ENTRY#00000099', number: '00000099' })
    },
  ],
  ['A1', 'a program was changed without an entry', (items) => void (pick(items, ({ sk }) => sk === 'PROGRAM')['version'] = 9)],
  ['A1', 'the history of an account is gone', (items) => drop(items, ({ pk }) => pk.startsWith('AUDIT#') && pk.endsWith('/ACCOUNT'))],
  [
    'A1',
    'an allocation was opened again by hand',
    (items) => void (pick(items, ({ pk, sk }) => pk.startsWith('RUN#') && sk.startsWith('ALLOCATION#'))['auditHash'] = 'x'),
  ],
  ['A1', 'a voucher’s entry is gone', (items) => drop(items, ({ pk }) => pk.startsWith('AUDIT#vch_'))],
  ['A1', 'a place in the queue was changed without an entry', (items) => void (entry(items, 'waiting')['version'] = 9)],
  ['A1', 'a group order was changed without an entry', (items) => void (group(items, 'paid').version = 9)],
  ['A1', 'a refund was written without an entry', (items) => void (left(items).version = 99)],
  [
    'A2',
    'a line of the subsidy ledger names an enrollment that is not there',
    (items) => void (pick(items, (item) => item.pk.startsWith('POT#') && item['to'] === 'spent')['enrollmentId'] = 'enr_0'),
  ],
  ['T4', 'an order does not parse', (items) => void ((confirmed(items).order as unknown as { state: string }).state = 'paid')],
  ['T4', 'an order holds half a fen', (items) => void (confirmed(items).order.split.listFen += 0.5)],
  ['T4', 'a program does not parse', (items) => spoil(items, 'PROGRAM', { state: 'open' })],
  ['T4', 'an allocation does not parse', (items) => spoil(items, 'ALLOCATION', { seats: -1 })],
  ['T4', 'a voucher does not parse', (items) => spoil(items, 'VOUCHER', { kind: 'gift' })],
  ['T4', 'a sponsor does not parse', (items) => spoil(items, 'SPONSOR', { path: [] })],
  ['T4', 'a group order does not parse', (items) => void (group(items, 'paid').seats = 0.5)],
]

describe('the checker of money', () => {
  it('finds nothing in a table where everything stands once', () => {
    expect(violations(clean, scene.world.now())).toEqual([])
    const states = clean.flatMap((item) => (item.sk.startsWith('ENROLLMENT#') ? [(item as Seat).order.state] : []))
    expect(new Set(states)).toEqual(new Set(['awaiting-payment', 'confirmed', 'lapsed', 'cancelled']))
    expect(late(clean).order.refunds.map(({ reason }) => reason)).toContain('paid-without-seat')
  })
  it.each(corruptions)('%s: %s', (code, _what, corrupt) => {
    const items = structuredClone(clean)
    corrupt(items)
    expect(violations(items, scene.world.now()).map((violation) => violation.code)).toContain(code)
  })
})

describe('the limits of the rules that granted it', () => {
  const plain = 'more subsidies of a scheme in a year than its rules allow'
  const most = 'more subsidies than its rules allow'
  /** What is said of somebody with two subsidies of a scheme in a year who is given more, each so. */
  const says = (...more: Partial<GrantItem>[]) => {
    const items = structuredClone(clean)
    const own = items.filter((item) => item.sk.startsWith('ENROLLMENT#') && item['order'] !== undefined) as Seat[]
    const paid = own.filter(({ order }) => order.grants.some(({ state }) => state === 'spent'))
    const [first] = [...Map.groupBy(paid, ({ pk }) => pk).values()].find(({ length }) => length === 2) ?? []
    const [grant] = first?.order.grants ?? []
    if (first === undefined || grant === undefined) throw new Error('nobody has two subsidies')
    const { uses } = pick(items, ({ pk, sk }) => pk === first.pk && sk === 'SCHEDULE') as unknown as { uses: object[] }
    for (const [place, other] of more.entries()) {
      const id = `grt_${String(place).padStart(26, '0')}`
      const enrollment = { ...first.enrollment, id: `enr_${String(place).padStart(26, '0')}` }
      const order = { ...first.order, grants: [{ ...grant, ...other, id }] }
      items.push({ ...first, sk: `ENROLLMENT#${enrollment.id}`, enrollment, order } as Item)
      uses.push({ grantId: id })
    }
    return violations(items, scene.world.now()).flatMap((one) => (one.code === 'B5' ? [one.says] : []))
  }
  it('are kept by what stands in the table, and by one more where they leave room', () => {
    expect(says()).toEqual([])
    expect(says({ scheme: 'another' })).toEqual([])
    expect(says({ year: '2027' }, { year: '2027' })).toEqual([])
    expect(says({ trade: 'barista', level: 'level-5' })).toEqual([])
  })
  it('so often in a year of the scheme', () => {
    expect(says({})).toEqual([plain])
    expect(says({ trade: 'barista' }, { scheme: 'another' })).toEqual([most])
    expect(says({ scheme: 'another' }, { year: '2027' }, { year: '2027' }, { year: '2027' })).toEqual([plain])
  })
  it('so often over schemes', () => {
    expect(says({ scheme: 'another' }, { scheme: 'third' })).toEqual([most])
    expect(says({ scheme: 'another' }, { scheme: 'third', reviewId: 'rev_00000000000000000000000000' })).toEqual([])
  })
})
