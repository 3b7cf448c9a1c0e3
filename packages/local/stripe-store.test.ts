import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createStripeClock } from './stripe-clock.ts'
import { openStripeStore } from './stripe-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'stripe-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a change that the end of the process cut off never happened; the ones before are whole', () => {
  const file = join(folder, 'cut.jsonl')
  const store = openStripeStore(file)
  store.put('outcome', 'a', { at: 1, paid: true })
  store.put('wish', 'a', { metadata: { orderId: 'ord_1' } })
  store.commit()
  const whole = statSync(file).size
  store.put('outcome', 'b', { at: 2, paid: false })
  store.put('outcome', 'a', undefined)
  store.commit()
  const all = statSync(file).size
  for (const size of [all - 1, all - 2, whole + 5, whole + 1, whole]) {
    truncateSync(file, all)
    const copy = join(folder, `cut-${size}.jsonl`)
    appendFileSync(copy, readFileSync(file).subarray(0, size))
    const again = openStripeStore(copy)
    // The line break at the end is no part of the change.
    expect(again.ids('outcome')).toEqual(size === all - 1 ? ['b'] : ['a'])
    expect(again.get('wish', 'a')).toEqual({ metadata: { orderId: 'ord_1' } })
  }
})

test('a store that was opened after a cut line goes on where it was', () => {
  const file = join(folder, 'on.jsonl')
  const store = openStripeStore(file)
  store.put('outcome', 'a', { at: 1, paid: true })
  store.commit()
  appendFileSync(file, '[["outcome","b",{"at"')
  const again = openStripeStore(file)
  again.put('outcome', 'c', { at: 3, paid: true })
  again.commit()
  expect(openStripeStore(file).ids('outcome')).toEqual(['a', 'c'])
})

test('a standing clock does what falls due in its order, at its time', async () => {
  const clock = createStripeClock('2026-12-01T02:00:00.000Z')
  const seen: [string, number][] = []
  const start = clock.now()
  const note = (name: string) => void seen.push([name, clock.now() - start])
  clock.later(2_000, () => note('second'))
  clock.later(1_000, () => {
    note('first')
    clock.later(500, () => note('between'))
  })
  const callOff = clock.later(1_500, () => note('never'))
  callOff()
  await clock.forward(1_999)
  expect(seen).toEqual([
    ['first', 1_000],
    ['between', 1_500],
  ])
  await clock.moveTo('2026-12-01T01:00:00.000Z')
  expect(clock.now() - start).toBe(1_999)
  await clock.moveTo('2026-12-02T02:00:00.000Z')
  expect(seen.at(-1)).toEqual(['second', 2_000])
  clock.stop()
})
