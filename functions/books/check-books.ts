import { checkBooks } from '@skills/core/books/books.table.ts'
import type { Compared } from '@skills/core/books/provider-books.ts'
import { sdkTimeouts } from '@skills/core/sdk-timeouts.ts'
import { openTable } from '@skills/core/table.ts'
import { realWorld, type World } from '@skills/core/world.ts'

/** The most violations that are named in one answer; `broken` counts all. */
const mostNamed = 50

/**
 * Proves the invariants of seats, money, enrollments, audit chains and plumbing from the table, once a day and after every restore; where a payment provider is configured
 * (`STRIPE_SECRET_KEY`) also that it has the same money (O6). Out: how many items were read, orders compared (null: there is no provider to ask), and public runs without a plan, of whose rooms
 * and instructors nothing is known. Dead letters (T5) stand in no table: an alarm watches each queue.
 * Throws when something is broken, so that its alarm rings; the error names keys, never people's data.
 */
export async function handler(): Promise<{ items: number; compared: number | null; unplanned: number; broken: 0 }> {
  // A page of a scan is a megabyte: it may take longer than what a waiting worker is given.
  const table = openTable(process.env['TABLE'] ?? '', sdkTimeouts(30_000, 2_000))
  const world = { ...realWorld(), table }
  const { items, unplanned, violations: own } = await checkBooks(world)
  const found = process.env['STRIPE_SECRET_KEY'] ? await compareAll(world) : undefined
  const violations = [...own, ...(found?.violations ?? [])]
  if (violations.length > 0) {
    const named = violations.slice(0, mostNamed).map(({ code, at, says }) => `${code} ${at}: ${says}`)
    throw new Error(`${violations.length} broken invariants in ${items} items\n${named.join('\n')}`)
  }
  return { items, compared: found?.compared ?? null, unplanned, broken: 0 }
}

/** The library of the payment provider is loaded only where there is one to ask. */
async function compareAll(world: World): Promise<Compared> {
  const [{ openPayments }, { compareBooks }] = await Promise.all([
    import('@skills/core/order/open-payments.ts'),
    import('@skills/core/books/provider-books.ts'),
  ])
  return compareBooks(world, openPayments())
}

if (import.meta.main) {
  try {
    const { items, compared, unplanned } = await handler()
    const money =
      compared === null
        ? '没有支付平台可核对 · no payment provider to compare with'
        : `与支付平台核对 ${compared} 笔订单 · ${compared} orders agree with the payment provider`
    const plans = `没有排课、教室和师资未核对的公开班次：${unplanned} · public runs without a plan, whose rooms and instructors are not judged: ${unplanned}`
    const letters = '死信不在表里，由每个队列的告警看守 · dead letters stand in no table: an alarm watches each queue'
    process.stdout.write(`账目正确 · the books add up: ${items} items read\n${money}\n${plans}\n${letters}\n`)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
