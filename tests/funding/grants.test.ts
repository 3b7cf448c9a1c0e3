import type { Program } from '@skills/contract/funding.ts'
import { checkBooks, scanTable } from '@skills/core/books/books.table.ts'
import { readSheetFile } from '@skills/core/catalog/import-file.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { readBudget } from '@skills/core/funding/budget.table.ts'
import { readGrants, type Granted } from '@skills/core/funding/grant-list.table.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { getPrice } from '@skills/functions/enrollment/get-price.ts'
import { exportGrants } from '@skills/functions/sponsor/export-grants.ts'
import { issueVoucher } from '@skills/functions/sponsor/issue-voucher.ts'
import { listVouchers } from '@skills/functions/sponsor/list-allocations.ts'
import { sweepFunding } from '@skills/functions/sponsor/sweep-funding.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actor, command, makePeople, makeRun, quoteSecret } from '../enrollment/claim-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { allocateTo, makeProgram, makeVoucher, newCommand, operator } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
beforeAll(async () => {
  const started = await startTable('grants')
  stop = started.stop
  world = testWorld(started.table)
})
afterAll(async () => {
  expect((await checkBooks(world)).violations.filter(({ code }) => code !== 'T1')).toEqual([])
  await stop()
})

async function claim(runId: string, person: string, voucher?: string) {
  const call = { actor: actor(person), params: { runId } }
  const price = await getPrice(world, quoteSecret, { ...call, ...(voucher === undefined ? {} : { voucher }) })
  const body = { quote: price.quote }
  const seat = await claimSeat(
    { world, memory: seatMemory(world), quoteSecret },
    { ...call, command: newCommand(world, 'claimSeat'), body },
  )
  return { seat, price }
}
const cancel = (person: string, enrollmentId: string) =>
  cancelEnrollment(world, { actor: actor(person), command: newCommand(world, 'cancelEnrollment'), params: { enrollmentId } })
const params = (program: Program) => ({ actor: operator(world), params: { programId: program.id } })

describe('who got what', () => {
  it('stands in it once, masked, with its state now, page by page; and leaves as a file that nothing executes', async () => {
    const program = await makeProgram(world, { budgetFen: 1_000_000 })
    const runs = [
      await makeRun(world, { priceFen: 30_000, capacity: 100 }),
      await makeRun(world, { priceFen: 50_000, date: '2026-12-22' }),
    ] as const
    for (const run of runs) await allocateTo(world, program, run, { seats: 10, fen: 300_000 })
    const people = await makePeople(world, 4, { maskedName: '=cmd|测*' })
    for (const person of people) await claim(runs[0].run.id, person)
    const held = await claim(runs[1].run.id, people[0] ?? '')
    const left = await claim(runs[1].run.id, people[1] ?? '')
    await cancel(people[1] ?? '', left.seat.id)
    expect(held.seat.state).toBe('held')

    const pages: Granted[][] = []
    let after: string | undefined
    do {
      const { items, next } = await readGrants(world.table, program.id, { limit: 2, after })
      pages.push(items)
      after = next ?? undefined
    } while (after !== undefined)
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2])
    expect(
      pages
        .flat()
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['reserved', 'spent', 'spent', 'spent', 'spent', 'voided'])
    expect((await readGrants(world.table, program.id, { limit: 100, after: undefined })).items).toEqual(pages.flat())

    const csv = await exportGrants(world, { ...params(program), query: {}, page: { after: undefined }, language: 'zh' })
    const { rows } = await readSheetFile(Buffer.from(String(csv.text)))
    expect(rows).toHaveLength(1 + 6 + 1)
    expect(new Set(rows.slice(1, -1).map((row) => row[3]))).toEqual(new Set(["'=cmd|测*"]))
    expect(String(csv.text)).not.toMatch(/(^|,)"?[=+@-]/m)
    const xlsx = await exportGrants(world, { ...params(program), query: { format: 'xlsx' }, page: { after: undefined }, language: 'en' })
    expect(xlsx.headers['content-type']).toContain('spreadsheetml')
    const { rows: sheet } = await readSheetFile(xlsx.text as Uint8Array)
    expect([sheet.length, sheet[1]?.[3], sheet[1]?.[4]]).toEqual([8, "'=cmd|测*", '300'])
    const exports = { ...params(program), query: {}, page: { after: undefined }, language: 'zh' as const }
    const whole = await exportGrants(world, exports, { rows: 6, bytes: 1_000_000 })
    let exported = 3
    expect(whole.next).toBeNull()
    expect(String(whole.text)).toBe(String(csv.text).replace(/per_[0-9A-Z]+/, exports.actor.personId))
    for (const limits of [
      { rows: 4, bytes: 1_000_000 },
      { rows: 100, bytes: 600 },
      { rows: 100, bytes: 1 },
    ]) {
      const files: string[][][] = []
      let from: string | undefined
      do {
        const file = await exportGrants(world, { ...exports, page: { after: from } }, limits)
        from = file.next ?? undefined
        files.push((await readSheetFile(Buffer.from(String(file.text)))).rows)
      } while (from !== undefined)
      expect(files.length).toBeGreaterThan(1)
      for (const few of files.slice(0, -1)) expect(few.at(-1)?.[0]).toContain(`未完：本文件有 ${few.length - 3} 条`)
      // Part by part the same lines as in the whole, each once.
      const inParts = files.flatMap((few, place) => few.slice(1, place < files.length - 1 ? -2 : -1))
      expect(inParts).toEqual(rows.slice(1, -1))
      exported += files.length
    }
    const trail = (await scanTable(world.table)).filter(({ pk }) => pk === `AUDIT#${program.id}/EXPORTS`)
    expect(trail.map(({ version, action }) => [version, action])).toEqual(
      Array.from({ length: exported }, (_, place) => [place + 1, 'export grants']),
    )
    await cancel(people[0] ?? '', held.seat.id)
  })
})

describe('a voucher', () => {
  it('is worth its face, once; the code is shown, kept nowhere, and said again to the same command', async () => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    const run = await makeRun(world, { priceFen: 30_000, date: '2026-12-23' })
    const body = {
      kind: 'face-value',
      faceFen: 10_000,
      uses: 1,
      budgetFen: 10_000,
      directedTo: { courseId: run.run.courseId, trade: null },
      until: '2026-12-20T00:00:00.000Z',
    } as const
    const call = { ...params(program), command: command('voucher-once', 'asked', 'issueVoucher'), body }
    const issued = await issueVoucher(world, quoteSecret, call)
    expect(await issueVoucher(world, quoteSecret, call)).toEqual(issued)
    expect(issued.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const kept = JSON.stringify(await scanTable(world.table))
    for (const spelling of [issued.code, issued.code.replaceAll('-', '')]) expect(kept).not.toContain(spelling)

    const [first = '', second = ''] = await makePeople(world, 2)
    const typed = issued.code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    const { seat, price } = await claim(run.run.id, first, typed)
    expect(price).toMatchObject({ voucherRefused: false, split: { subsidyFen: 10_000, payableFen: 20_000 } })
    const { price: again } = await claim(run.run.id, second, issued.code).then(async (claimed) => {
      await cancel(second, claimed.seat.id)
      return claimed
    })
    expect(again).toMatchObject({ voucherRefused: true, split: { subsidyFen: 0 } })
    const vouchers = async () => (await listVouchers(world, params(program))).vouchers
    expect(await vouchers()).toEqual([{ ...issued.voucher, used: 1 }])
    // Given back, it can be used again; after its end the sweep returns what was not.
    await cancel(first, seat.id)
    expect(await vouchers()).toEqual([issued.voucher])
    world.moveTo('2026-12-20T00:00:00.000Z')
    await sweepFunding(world)
    expect((await vouchers())[0]?.state).toBe('closed')
    expect(await readBudget(world.table, program.id)).toMatchObject({ freeFen: 100_000, availableFen: 0 })
    world.moveTo('2026-12-01T02:00:00.000Z')
  })
  it.each([
    ['#/faceFen', 'not-for-kind', { kind: 'pass', faceFen: 1 }],
    ['#/faceFen', 'out-of-range', { faceFen: null }],
    ['#/faceFen', 'out-of-range', { faceFen: 0 }],
    ['#/budgetFen', 'too-small', { budgetFen: 9_999 }],
    ['#/budgetFen', 'too-large', { budgetFen: 20_001, uses: 2 }],
    ['#/directedTo', 'too-few', { directedTo: { courseId: null, trade: null } }],
    ['#/directedTo/trade', 'trade-unknown', { directedTo: { courseId: null, trade: 'wizard' } }],
    ['#/directedTo/courseId', 'course-unknown', { directedTo: { courseId: 'crs_00000000000000000000000000', trade: null } }],
    ['#/until', 'date-order', { until: '2026-12-01T02:00:00.000Z' }],
  ] as const)('refuses %s %s', async (pointer, code, terms) => {
    const program = await makeProgram(world, { budgetFen: 100_000 })
    await expect(makeVoucher(world, program, terms)).rejects.toMatchObject({ code: 'validation-failed', errors: [{ pointer, code }] })
    await expect(makeVoucher(world, program, { budgetFen: 110_000, uses: 11 })).rejects.toMatchObject({ code: 'budget-insufficient' })
  })
})
