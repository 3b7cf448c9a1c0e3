import { plusMinutes } from '@skills/contract/time.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { keptUntil } from '@skills/core/messages/thread.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import type { Item } from '@skills/core/table.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMessages, type MessagesScene } from '../messages/messages-scene.ts'

const dayMinutes = 24 * 60
let scene: MessagesScene
let moved: RunItem
let items: Item[]
/** When the thread would have gone as it was opened, and when it goes now; ISO instants. */
let firstEnd: string
let end: string

beforeAll(async () => {
  scene = await startMessages()
  const { world, run, learners, manager, instructor } = scene
  const { id } = await scene.ask(learners[0])
  await scene.answer(manager, id)
  await scene.announce(manager)
  firstEnd = instant(keptUntil(run.run))
  const before = (await readRun(world.table, run.run.id)) as RunItem
  const meetings = before.run.meetings.map((meeting) => ({
    ...meeting,
    startsAt: plusMinutes(meeting.startsAt, 300 * dayMinutes),
    endsAt: plusMinutes(meeting.endsAt, 300 * dayMinutes),
  }))
  await changeRun(world, { before, run: { ...before.run, meetings }, by: 'system:test', action: 'postpone 300' }, null)
  moved = (await readRun(world.table, run.run.id)) as RunItem
  end = instant(keptUntil(moved.run))
  await scene.answer(instructor, id)
  await scene.answer(learners[0], id)
  items = (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#'))
})
afterAll(() => scene.stop())

const instant = (seconds: number) => new Date(seconds * 1000).toISOString()
/** What TTL leaves of a table at an instant. */
const left = (all: Item[], now: string) => all.filter((item) => !(Number(item['expiresAt']) * 1000 <= Date.parse(now)))
/** What the books say of threads. */
const says = (all: Item[], now: string) => violations(all, now).flatMap(({ at, says: text }) => (at.startsWith('THREAD#') ? [text] : []))
const isMessage = (item: Item, number: number) => item.sk === `MESSAGE#${String(number).padStart(4, '0')}` && item['side'] === 'learner'

describe('the books of messages', () => {
  it('know one end of a thread, on its head, its messages and its lists, also of a run that was moved to a later year', () => {
    const question = items.find(({ sk, ...item }) => sk === 'HEAD' && item['kind'] === 'question')
    const whole = items.filter((item) => item['threadId'] === question?.['id'] || item === question)
    expect(whole.length).toBeGreaterThan(1 + 4 + 2)
    expect(new Set(whole.map((item) => item['expiresAt']))).toEqual(new Set([keptUntil(moved.run)]))
    expect(end > plusMinutes(firstEnd, 200 * dayMinutes)).toBe(true)
    for (const now of [scene.world.now(), plusMinutes(firstEnd, dayMinutes), plusMinutes(end, -1), end, plusMinutes(end, dayMinutes)])
      expect(says(left(items, now), now)).toEqual([])
  })

  it('say nothing of a thread past its end, of which TTL took some items and not yet the others', () => {
    const torn = items.filter((item) => !isMessage(item, 1))
    expect(says(torn, plusMinutes(end, 1))).toEqual([])
    expect(says(torn, plusMinutes(end, -1))).toContain('its messages are not those it counts')
  })

  it('notice a message that goes before the rest, before it is missed', () => {
    const early = items.map((item) => (isMessage(item, 1) ? { ...item, expiresAt: keptUntil(scene.run.run) } : item))
    expect(says(early, scene.world.now())).toEqual(['some of its messages go before the others'])
    const now = plusMinutes(firstEnd, dayMinutes)
    expect(says(left(early, now), now)).toContain('its messages are not those it counts')
  })

  it('notice a word that was changed', () => {
    const changed = items.map((item) => (isMessage(item, 1) ? { ...item, text: '别的话' } : item))
    expect(says(changed, scene.world.now())).toEqual(['the words of message 1 are not those that were recorded'])
  })
})
