import { checkBooks, scanTable } from '@skills/core/books/books.table.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { instantOf } from '@skills/contract/time.ts'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { seeded } from '../test-world.ts'
import { openShop, type Shop } from './shop.ts'

const priceFen = 100_000
const grantFen = 30_000

/** What came of a storm of kills. All but `kills`, `claims`, `paid` and `left` must be empty. */
interface Survived {
  kills: number
  /** Seats that were taken, paid for and given back, as people were told. */
  claims: number
  paid: number
  left: number
  /** Told to somebody, and not there. */
  lost: string[]
  /** There, and told to nobody. */
  duplicated: string[]
  /** Half a change: broken invariants. */
  torn: string[]
  /** Where Stripe has other money than the table says. */
  disagreed: string[]
  /** Still to be done after all sweeps. */
  stuck: string[]
}

type Answer = { status: number; body: Record<string, unknown> }

/**
 * People claim, pay, wait and leave over HTTP, each asking again with the same key until there is an answer, while the service is killed again and again and
 * its clock jumps ahead. Then the sweeps run until nothing is due, and everything that anybody was told is compared with the table and with Stripe.
 */
export async function killStorm({ kills, people, seed }: { kills: number; people: number; seed: number }): Promise<Survived> {
  const shop = await openShop()
  const random = seeded(seed)
  try {
    const runs = await setScene(shop)
    const subjects = Array.from({ length: people }, (_, place) => `kill-person-${place}`)
    await makePeople(shop.world, people, {}, subjects.map(shop.personOf))
    const told = { claimed: new Set<string>(), left: new Set<string>(), paid: new Set<string>() }
    const over = { yet: false }
    const answers = { count: 0 }
    const lives = subjects.map((subject) => live(shop, { subject, runs, told, random, over, answers }))
    const sweeping = sweepOften(shop, over)
    for (let kill = 0; kill < kills; kill += 1) {
      await shop.start(kill % 4 === 3 ? 16 : 0)
      // In the middle of work: after some answers, a few milliseconds into what follows.
      const enough = answers.count + 1 + random() * 25
      for (let wait = 0; wait < 300 && answers.count < enough; wait += 1) await pause(10)
      await pause(random() * 30)
      await shop.kill()
    }
    await shop.start(0)
    // A small storm may be over before anybody had paid; then it would have proved too little.
    for (let wait = 0; wait < 600 && told.paid.size === 0; wait += 1) await pause(50)
    over.yet = true
    await Promise.all(lives)
    await sweeping
    const stuck = await settled(shop)
    return { ...(await compared(shop, told)), stuck, kills, claims: told.claimed.size, paid: told.paid.size, left: told.left.size }
  } finally {
    await shop.stop()
  }
}

const pause = (ms: number) => new Promise((next) => setTimeout(next, ms))

/** Runs on days of their own, some with a program that pays a part. */
async function setScene({ world }: Shop): Promise<string[]> {
  const program = await makeProgram(world, { budgetFen: 10_000_000, funding: { kind: 'fixed', fen: grantFen } })
  const runs: string[] = []
  for (let day = 0; day < 12; day += 1) {
    const soon = new Date(Date.parse(world.now()) + (40 + day) * 86_400_000).toISOString()
    const run = await makeRun(world, {
      ...{ capacity: 8, priceFen, date: soon.slice(0, 10) },
      ...{ opensAt: instantOf('2026-01-01', '00:00'), closesAt: new Date(Date.parse(world.now()) + 30 * 86_400_000).toISOString() },
    })
    if (day % 2 === 0) await allocateTo(world, program, run, { seats: 5, fen: 5 * grantFen })
    runs.push(run.run.id)
  }
  return runs
}

interface Living {
  subject: string
  runs: readonly string[]
  told: Record<'claimed' | 'left' | 'paid', Set<string>>
  random: () => number
  over: { yet: boolean }
  /** How many answers everybody got so far. */
  answers: { count: number }
}

/** One person: takes a seat, pays or does not, stays or leaves, and again, until the storm is over. */
async function live(shop: Shop, { subject, runs, told, random, over, answers }: Living): Promise<void> {
  let token = shop.token(subject)
  const once = async (method: string, path: string, key: string, body: object): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
    const answer = await fetch(`${shop.address}${path}`, { method, headers, ...(method === 'GET' ? {} : { body: JSON.stringify(body) }) })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  /** Asks until there is an answer that asking again would not change. */
  const ask = async (method: string, path: string, key = '', body: object = {}): Promise<Answer> => {
    for (;;) {
      const answer = await once(method, path, key, body).catch(() => undefined)
      const again = answer === undefined || answer.status >= 500 || ['busy', 'request-outstanding'].includes(String(answer.body['code']))
      answers.count += answer === undefined ? 0 : 1
      // Whose sign-in is too old for what she does signs in again and goes on with the same key.
      if (answer?.body['code'] === 'step-up-required') {
        token = shop.token(subject)
        continue
      }
      if (!again) return answer
      await pause(40 + random() * 120)
    }
  }
  for (let turn = 0; !over.yet; turn += 1) {
    const runId = runs[Math.floor(random() * runs.length)] ?? ''
    const key = `${subject}-${String(turn).padStart(12, '0')}`
    const { body: price } = await ask('GET', `/runs/${runId}/price`)
    const { status, body: seat } = await ask('POST', `/runs/${runId}/enrollments`, `${key}-claim`, { quote: price['quote'] })
    if (status !== 201) continue
    const [id, orderId] = [String(seat['id']), String(seat['orderId'])]
    told.claimed.add(id)
    if (random() < 0.7) {
      const { status: opened, body: page } = await ask('POST', `/me/orders/${orderId}/checkout`, '', { language: 'zh' })
      if (opened < 300 && random() < 0.9) {
        try {
          shop.stripe.pay(String(page['url']).split('/').at(-1) ?? '')
        } catch {
          // Its time was over a moment before.
        }
        for (let look = 0; look < 20; look += 1) {
          const { body } = await ask('GET', `/me/orders/${orderId}`)
          const { state } = body['order'] as { state: string }
          if (state === 'confirmed') told.paid.add(id)
          if (state !== 'awaiting-payment') break
          await pause(100)
        }
      }
    }
    if (random() < 0.5) {
      const { status: gone } = await ask('POST', `/me/enrollments/${id}/cancellation`, `${key}-leave`)
      if (gone < 300) told.left.add(id)
    }
  }
}

const sweeps = ['settle-payments', 'sweep-queue', 'sweep-funding']
const sweep = (shop: Shop, name: string) =>
  fetch(`${new URL(shop.address).origin}/-/${name}`, { method: 'POST' }).then(async (answer) => ({
    ok: answer.ok,
    text: await answer.text(),
  }))

/** What schedules would do, oftener, and whether or not anybody is there to do it. */
async function sweepOften(shop: Shop, over: { yet: boolean }): Promise<void> {
  for (let turn = 0; !over.yet; turn += 1) {
    await sweep(shop, sweeps[turn % sweeps.length] ?? '').catch(() => undefined)
    await pause(150)
  }
}

/** Lets all holds end, all that is owed be sent and a day pass, after which money is compared with Stripe's. Gives what is still due then. */
async function settled(shop: Shop): Promise<string[]> {
  const stuck: string[] = []
  for (const minutes of [60, 15, 26 * 60, 15]) {
    await shop.kill()
    await shop.start(minutes)
    await shop.stripe.drain()
    for (let again = 0; again < 4; again += 1) {
      for (const name of sweeps) {
        const { ok, text } = await sweep(shop, name)
        if (!ok && again === 3) stuck.push(`${name}: ${text}`)
      }
    }
  }
  const now = shop.world.now()
  for (const { sk, dueAt } of await scanTable(shop.table))
    if (sk.startsWith('ENROLLMENT#') && dueAt !== undefined && String(dueAt) <= now) stuck.push(`${sk} is due since ${String(dueAt)}`)
  return stuck
}

/** What people were told, beside the table; the table, beside itself and Stripe. */
async function compared(shop: Shop, told: Living['told']): Promise<Pick<Survived, 'lost' | 'duplicated' | 'torn' | 'disagreed'>> {
  const items = await scanTable(shop.table)
  const seats = items.filter(({ sk }) => sk.startsWith('ENROLLMENT#')) as unknown as EnrollmentItem[]
  const byId = new Map(seats.map((seat) => [seat.enrollment.id, seat]))
  const lost = [
    ...[...told.claimed].filter((id) => !byId.has(id)).map((id) => `claimed ${id}`),
    ...[...told.left].filter((id) => byId.get(id)?.enrollment.state !== 'cancelled').map((id) => `left ${id}`),
    ...[...told.paid].filter((id) => typeof byId.get(id)?.order?.confirmedAt !== 'string').map((id) => `paid ${id}`),
  ]
  const duplicated = seats.filter(({ enrollment }) => !told.claimed.has(enrollment.id)).map(({ enrollment }) => enrollment.id)
  const { violations } = await checkBooks(shop.world)
  const torn = violations.filter(({ code }) => code !== 'T1').map(({ code, at, says }) => `${code} ${at}: ${says}`)
  const intents = shop.stripe.store.all('intent').filter(({ status }) => status === 'succeeded')
  const refunds = shop.stripe.store.all('refund').filter(({ status }) => status === 'succeeded')
  const disagreed = seats.flatMap(({ order }) => {
    const own = intents.filter(({ metadata }) => metadata['orderId'] === order?.id)
    const ids = new Set(own.map(({ id }) => id))
    const back = refunds.filter(({ payment_intent: of }) => ids.has(String(of))).reduce((sum, { amount }) => sum + amount, 0)
    const keeps = own.reduce((sum, { amount_received: fen }) => sum + fen, 0) - back
    const should = order?.state === 'confirmed' ? order.split.payableFen : 0
    return keeps === should ? [] : [`${order?.id} keeps ${keeps} fen and should keep ${should}`]
  })
  return { lost, duplicated, torn, disagreed }
}
