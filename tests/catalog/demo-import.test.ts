import { readImport } from '@skills/core/catalog/import-read.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { composeMany } from '@skills/local/demo/compose-many.ts'
import { composeDemo } from '@skills/local/demo/compose.ts'
import { expect, test } from 'vitest'

const bytesOf = (today: string) => new TextEncoder().encode(composeDemo(today))

test.each(['2026-11-21', '2027-02-05', '2028-02-29', '2030-12-31'])('the demo catalog of %s is a good file', async (today) => {
  const { rows, good, remarks } = await readImport(bytesOf(today))
  expect(remarks).toEqual([])
  expect(good).toHaveLength(rows)
  expect(new Set(good.map(({ value }) => value.provider.code)).size).toBeGreaterThanOrEqual(12)
  expect(new Set(good.map(({ value }) => `${value.provider.code} ${value.course.code}`)).size).toBeGreaterThanOrEqual(120)
  expect(rows).toBeGreaterThanOrEqual(300)
})

test('on the day it is composed many runs are open, some open soon, some are running, and the night school has 157 places', async () => {
  const { good } = await readImport(bytesOf('2026-11-21'))
  const runs = good.flatMap(({ value }) => value.run ?? [])
  const now = instantOf('2026-11-21', '15:00')
  const open = runs.filter((run) => run.opensAt <= now && now < run.closesAt)
  const soon = runs.filter((run) => run.opensAt > now && run.opensAt < plusMinutes(now, 7 * 24 * 60))
  const running = runs.filter((run) => run.meetings[0]!.startsAt < now && now < run.meetings.at(-1)!.endsAt)
  const paid = runs.filter((run) => run.priceFen > 0)
  expect({ open: open.length > 150, soon: soon.length > 30, running: running.length > 15, paid: paid.length }).toMatchObject({
    open: true,
    soon: true,
    running: true,
  })
  expect(paid.length).toBeGreaterThan(10)
  // The electricians' runs and a few more; most of the demo is free.
  expect(paid.length).toBeLessThan(45)
  const night = good.find(({ value }) => value.run?.capacity === 157)!.value
  expect(night).toMatchObject({ course: { code: 'NIGHT-AI', conditions: [] }, run: { priceFen: 0 } })
  expect(open).toContain(night.run)
})

test('no room is booked twice at one time', async () => {
  const { good } = await readImport(bytesOf('2026-11-21'))
  const times = new Map<string, [string, string, string][]>()
  for (const { value } of good) {
    for (const meeting of value.run?.meetings ?? []) {
      if (meeting.room === null) continue
      const key = `${value.provider.code} ${meeting.room}`
      times.set(key, [...(times.get(key) ?? []), [meeting.startsAt, meeting.endsAt, value.run!.code]])
    }
  }
  const twice = [...times].flatMap(([key, list]) =>
    list
      .sort()
      .flatMap((one, index) => (index > 0 && one[0] < list[index - 1]![1] ? [`${key}: ${one[2]} and ${list[index - 1]![2]}`] : [])),
  )
  expect(twice).toEqual([])
})

test('a large catalog is a good file, the same for the same seed and another for another', async () => {
  const many = composeMany(300, 7, '2026-11-21')
  const { rows, good, remarks } = await readImport(new TextEncoder().encode(many))
  expect(remarks).toEqual([])
  expect(good).toHaveLength(rows)
  expect(new Set(good.map(({ value }) => `${value.provider.code} ${value.course.code}`)).size).toBe(300)
  expect(composeMany(300, 7, '2026-11-21')).toBe(many)
  expect(composeMany(300, 8, '2026-11-21')).not.toBe(many)
})
