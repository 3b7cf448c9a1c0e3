import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { limitsOf } from '@skills/core/enrollment/limits.ts'
import { readMessages } from '@skills/core/messages/thread.table.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startMessages, type MessagesScene } from './messages-scene.ts'

let scene: MessagesScene
let day = 0
beforeAll(async () => {
  scene = await startMessages()
})
beforeEach(() => scene.world.moveTo(new Date(Date.parse('2026-12-01T02:00:00.000Z') + (day += 1) * 86_400_000).toISOString()))
afterAll(() => scene.stop())

const codes = (error: { code?: string }) => error.code ?? String(error)

test('one key, sent by many at once, writes one message', async () => {
  const [learner] = scene.learners
  const asked = await Promise.all(Array.from({ length: 8 }, () => scene.ask(learner, '一次', 'one-key')))
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
  const threadId = asked[0]?.id ?? ''
  await Promise.all(Array.from({ length: 8 }, () => scene.answer(scene.manager, threadId, '一次', 'one-answer')))
  expect(await readMessages(scene.world, threadId)).toHaveLength(2)
  const control = await Promise.all(Array.from({ length: 3 }, () => scene.ask(learner, '三次')))
  expect(new Set(control.map(({ id }) => id)).size).toBeGreaterThan(1)
})

test('two answers at once both stand, one after the other', async () => {
  const { id } = await scene.ask(scene.learners[0])
  await Promise.all([
    ...Array.from({ length: 4 }, (_, n) => scene.answer(scene.manager, id, `机构 ${n}`)),
    ...Array.from({ length: 4 }, (_, n) => scene.answer(scene.instructor, id, `老师 ${n}`)),
  ])
  const messages = await readMessages(scene.world, id)
  expect(messages.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(new Set(messages.map(({ text }) => text)).size).toBe(9)
})

test('a day’s limit holds however many are sent at once, and ends at midnight in Beijing', async () => {
  const [learner] = scene.learners
  const answers = await Promise.all(Array.from({ length: 16 }, () => scene.ask(learner).then(() => 'asked', codes)))
  expect(answers.filter((answer) => answer === 'asked').length).toBeLessThanOrEqual(scene.world.limits.questions)
  while ((await scene.ask(learner).then(() => 'asked', codes)) === 'asked');
  await expect(scene.ask(learner)).rejects.toMatchObject({ code: 'said-enough', members: { most: 10 } })
  const written = (await scanTable(scene.world.table)).filter((item) => item['day'] !== undefined && item.sk === learner)
  expect(written).toMatchObject([{ count: 10 }])
  for (let n = 0; n < 5; n += 1) await scene.announce(scene.manager)
  await expect(scene.announce(scene.manager)).rejects.toMatchObject({ code: 'said-enough' })
  // 16:00 UTC is midnight in Beijing.
  scene.world.moveTo(`${scene.world.now().slice(0, 10)}T16:00:00.000Z`)
  expect((await scene.ask(learner)).mayWrite).toBe(true)
})

test('control: with a limit that does not hold, more are written', async () => {
  const [learner] = scene.learners
  const { limits } = scene.world
  scene.world.limits = limitsOf('{"questions":1000}')
  for (let n = 0; n < 12; n += 1) await scene.ask(learner)
  scene.world.limits = limits
  await expect(scene.ask(learner)).rejects.toMatchObject({ code: 'said-enough' })
})

test('reports and a decision at once leave a queue that is whole', async () => {
  const { id } = await scene.announce(scene.manager)
  await scene.report(scene.learners[0], id)
  await Promise.all([scene.report(scene.learners[1], id), scene.decide(id, true)])
  await scene.decide(id, true)
  const items = await scanTable(scene.world.table)
  const queue = items.filter(({ pk, sk }) => pk.startsWith('REPORTED#') && sk.includes(id))
  const message = items.find(({ pk, sk }) => pk === `THREAD#${id}` && sk === 'MESSAGE#0001')
  expect([queue.length, message?.['waitingSince']]).toEqual([0, undefined])
})

test('the chains hold, and a word that was changed afterwards is found', async () => {
  const items = await scanTable(scene.world.table)
  expect(violations(items, scene.world.now()).filter(({ at }) => at.includes('THREAD'))).toEqual([])
  const forged = items.map((item) => (item.pk.startsWith('THREAD#') && item.sk === 'MESSAGE#0001' ? { ...item, text: '换过的话' } : item))
  expect(violations(forged, scene.world.now()).filter(({ code }) => code === 'A1').length).toBeGreaterThan(0)
})
