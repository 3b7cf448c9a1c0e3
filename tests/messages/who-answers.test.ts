import { scanTable } from '@skills/core/books/books.table.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { keys } from '@skills/core/keys.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { closeMembership, readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import { readItem } from '@skills/core/table.ts'
import { concerned, stillConcerns } from '@skills/functions/notices/whom-it-concerns.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMessages, type MessagesScene } from './messages-scene.ts'

let scene: MessagesScene
beforeAll(async () => {
  scene = await startMessages()
})
afterAll(() => scene.stop())

test('every manager of a provider without a standing is told of a question; what waits for one whose appointment ended is dropped', async () => {
  const { world, run, manager, instructor, learners } = scene
  const { providerId } = run.run
  expect(await readItem(world.table, keys.standing.key(providerId))).toBeUndefined()
  const second = world.id('person')
  const organizationName = { zh: '夜校', en: 'Night school' }
  const membership = { organizationId: providerId, organizationName, roles: ['provider:manager' as const] }
  await writeMembership(world, undefined, 'system:test', second, membership, undefined)

  const { id: threadId } = await scene.ask(learners[0])
  const events = (await scanTable(world.table))
    .filter(({ pk }) => pk.startsWith('OUTBOX#'))
    .map((item) => item['event'] as OutboxEvent)
    .filter((event) => event.type === 'question-asked')
  expect(events.map(({ personId }) => personId).toSorted()).toEqual([manager, second, instructor].toSorted())

  const item = await readRun(world.table, run.run.id)
  if (item === undefined) throw new Error('no run')
  const event = { type: 'question-asked', personId: second, runId: run.run.id, threadId } as const
  expect(await stillConcerns(world, event, item, second)).toBe(true)
  await closeMembership(world, scene.command('endMembership'), manager, await readMembership(world, second, providerId))
  expect(await stillConcerns(world, event, item, second)).toBe(false)
  expect(await concerned(world, event, item)).toEqual([])
  expect(await concerned(world, { ...event, personId: instructor }, item)).toEqual([instructor])
})
