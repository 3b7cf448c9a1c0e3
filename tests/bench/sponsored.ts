import { checkBooks } from '@skills/core/books/books.table.ts'
import { instantOf } from '@skills/contract/time.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { sealQuote } from '@skills/core/order/quote.ts'
import { standardPolicy } from '@skills/core/order/refund-policy.ts'
import { personIdOf } from '@skills/http/person.ts'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { startStack } from '../stack.ts'
import type { LoadPlan, LoadResult } from './load.ts'
import { load, median, ms, times, type Figure } from './measure.ts'
import { worldOver } from './rush-scene.ts'

const priceFen = 100_000
const grantFen = 30_000
const seats = 157
const workers = 2_000
const claims = 1_000
const manyRuns = 50

interface Wishes {
  runs: number
  seatsEach: number
  people: number
  /** Who pays: nobody has to, a program all of it, a program a part, or the person herself. */
  price: 'free' | 'all' | 'part' | 'herself'
  /** One program for all runs, or one for each. */
  programs?: 'one' | 'each'
}

/**
 * Claims of so many people over so many runs, through the gateway, every claim with its price as the house would have signed it. A program's rule is "once a year", so that
 * each claim judges and uses an entitlement. Broken invariants are counted afterwards.
 */
async function rush({
  runs: count,
  seatsEach,
  people: number,
  price,
  programs = 'one',
}: Wishes): Promise<LoadResult & { violations: number }> {
  const stack = await startStack()
  try {
    const world = worldOver(stack.table)
    const { env } = stack.cloud.functions.byKey('claim-seat').config
    const subjects = Array.from({ length: number }, (_, place) => `bench-worker-${place}`)
    const people = subjects.map((subject) => personIdOf(env['PERSON_NAMESPACE'] ?? '', subject))
    await makePeople(world, number, {}, people)
    const soon = new Date(Date.parse(world.now()) + 30 * 86_400_000).toISOString()
    const runs: RunItem[] = []
    for (let place = 0; place < count; place += 1)
      runs.push(
        await makeRun(world, {
          ...{ capacity: seatsEach, date: soon.slice(0, 10), priceFen: price === 'free' ? 0 : priceFen },
          ...{ opensAt: instantOf('2026-01-01', '00:00'), closesAt: soon },
        }),
      )
    const fen = price === 'all' ? priceFen : price === 'part' ? grantFen : 0
    const paidBy = new Map<string, string>()
    if (fen > 0) {
      const make = () =>
        makeProgram(world, {
          budgetFen: count * seatsEach * fen,
          funding: price === 'all' ? { kind: 'full' } : { kind: 'fixed', fen },
          rules: [{ kind: 'per-scheme-and-year', times: 1, shortage: null }],
        })
      const shared = programs === 'one' ? await make() : undefined
      for (const run of runs) {
        const program = shared ?? (await make())
        await allocateTo(world, program, run, { seats: seatsEach, fen: seatsEach * fen })
        paidBy.set(run.run.id, program.id)
      }
    }
    const quoteFor = (personId: string, runId: string): string | undefined => {
      if (price === 'free') return undefined
      const programId = paidBy.get(runId)
      const split = { listFen: priceFen, subsidyFen: fen, employerFen: 0, discountFen: 0, payableFen: priceFen - fen }
      const grants: [string, number][] = programId === undefined ? [] : [[programId, fen]]
      const quote = { personId, runId, split, grants, voucher: null, refundPolicy: standardPolicy }
      return sealQuote(quote, env['CURSOR_SECRET'] ?? '', world.now()).quote
    }
    const { pathname } = new URL(stack.cloud.urls.gateway)
    const plan: LoadPlan = {
      url: stack.cloud.urls.gateway,
      inFlight: 200,
      headers: { 'content-type': 'application/json', 'x-origin-secret': stack.cloud.originSecret },
      requests: people.map((personId, place) => {
        const runId = runs[place % runs.length]?.run.id ?? ''
        return {
          headers: {
            authorization: `Bearer ${stack.cloud.tokenFor(subjects[place] ?? '')}`,
            'idempotency-key': `rush-worker-${String(place).padStart(8, '0')}`,
          },
          path: `${pathname}/runs/${runId}/enrollments`,
          body: JSON.stringify({ quote: quoteFor(personId, runId) }),
        }
      }),
      body: '{}',
    }
    const result = await load(plan)
    const { violations } = await checkBooks(world)
    return { ...result, violations: violations.filter(({ code }) => code !== 'T1').length }
  } finally {
    await stack.stop()
  }
}

const won = ({ statuses }: LoadResult) => statuses['201'] ?? 0
const perSecond = (result: LoadResult) => won(result) / (result.allMs / 1000)

/** A measure taken three times by turns with what it stands beside, so that a slow moment of the machine meets both. */
async function byTurns<K extends string>(wishes: Record<K, Wishes>): Promise<Record<K, (LoadResult & { violations: number })[]>> {
  const results = Object.fromEntries(Object.keys(wishes).map((name) => [name, []])) as unknown as Record<
    K,
    (LoadResult & { violations: number })[]
  >
  for (let turn = 0; turn < 3; turn += 1) for (const name of Object.keys(wishes) as K[]) results[name].push(await rush(wishes[name]))
  return results
}

/** The rush with subsidy and entitlement in the claim's transaction, beside the free one; and one program over many runs, beside claims without it. */
export async function benchSponsored(): Promise<Figure[]> {
  const one = { runs: 1, seatsEach: seats, people: workers }
  const { free, all } = await byTurns({ free: { ...one, price: 'free' }, all: { ...one, price: 'all' } })
  const many = { runs: manyRuns, seatsEach: claims / manyRuns, people: claims }
  const { herself, part, each } = await byTurns({
    herself: { ...many, price: 'herself' },
    part: { ...many, price: 'part' },
    each: { ...many, price: 'part', programs: 'each' },
  })
  const last = (results: LoadResult[]) => median(results.map(({ lastSeatMs }) => lastSeatMs))
  const rate = (results: LoadResult[]) => median(results.map(perSecond))
  const everything = [...free, ...all, ...herself, ...part, ...each]
  const sold =
    [...free, ...all].every((result) => won(result) === seats) && [...herself, ...part, ...each].every((result) => won(result) === claims)
  return [
    {
      what: `every seat sold and none twice: ${seats} in each rush, ${claims} over ${manyRuns} runs`,
      value: everything.map(won).join(', '),
      aim: 'all',
      holds: sold,
    },
    {
      what: 'broken invariants in all tables',
      value: String(everything.reduce((sum, { violations }) => sum + violations, 0)),
      aim: '0',
      holds: everything.every(({ violations }) => violations === 0),
    },
    {
      what: `time to the last seat, ${workers} workers, all paid by a program, once a year each, beside the free rush (medians of 3)`,
      value: `${ms(last(all))} / ${ms(last(free))}: ${times(last(all) / last(free))}`,
      aim: '≤ 1.5 ×',
      holds: last(all) <= 1.5 * last(free),
    },
    {
      what: `claims per second over ${manyRuns} runs, one program paying a part, beside the same seats held without it`,
      value: `${rate(part).toFixed(0)} / ${rate(herself).toFixed(0)}: ${times(rate(part) / rate(herself))}`,
      aim: '≥ 0.9 ×',
      holds: rate(part) >= 0.9 * rate(herself),
    },
    {
      what: `for scale: the same with ${manyRuns} programs, which share nothing (what two more writes cost without any contention)`,
      value: `${rate(each).toFixed(0)}: one program does ${times(rate(part) / rate(each))}`,
    },
  ]
}
