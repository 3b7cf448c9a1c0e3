import { keys } from '@skills/core/keys.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { closeMembership, readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import { crewSteps, readCrew } from '@skills/core/scheduling/crew.table.ts'
import { transact } from '@skills/core/transact.ts'
import type { RunEvent } from '@skills/functions/notices/still-open.ts'
import { stillConcerns } from '@skills/functions/notices/whom-it-concerns.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMessages, type MessagesScene } from '../messages/messages-scene.ts'
import { put } from '../people/notices-scene.ts'

let scene: MessagesScene
beforeAll(async () => {
  scene = await startMessages()
})
afterAll(() => scene.stop())

/** Whether the event is still for its person. */
async function concerns(event: RunEvent & { personId: string }): Promise<boolean> {
  const item = await readRun(scene.world.table, scene.run.run.id)
  if (item === undefined) throw new Error('no run')
  return stillConcerns(scene.world, event, item, event.personId)
}
const end = async (personId: string, organizationId: string) =>
  closeMembership(scene.world, scene.command('endMembership'), personId, await readMembership(scene.world, personId, organizationId))

test('an instructor is told of a moved meeting while it is hers at that time', async () => {
  const { world, run, instructor: personId, manager } = scene
  const runId = run.run.id
  const from = run.run.meetings[0]?.startsAt ?? ''
  const moved = { type: 'assignment-moved', personId, runId, from } as const
  expect(await concerns(moved)).toBe(true)
  expect(await concerns({ ...moved, from: world.now() })).toBe(false)
  const before = await readCrew(world.table, runId)
  if (before === undefined) throw new Error('no crew')
  await transact(
    world,
    undefined,
    crewSteps(world, { before, after: { ...before, assignments: [] }, action: 'withdraw', by: manager }),
    true,
  )
  expect(await concerns(moved)).toBe(false)
})

test('an offered group order is told of while it is unpaid, and its refund while its buyer belongs to the employer', async () => {
  const { world, run } = scene
  const runId = run.run.id
  const [buyerId, employerId, id] = [world.id('person'), world.id('employer'), world.id('groupOrder')]
  const membership = { organizationId: employerId, organizationName: { zh: '厂', en: 'Plant' }, roles: ['employer:manager' as const] }
  await writeMembership(world, undefined, 'system:test', buyerId, membership, undefined)
  const until = '2026-12-02T00:00:00.000Z'
  const order = { ...keys.groupOrder.key(id), id, employerId, buyerId, runId, holdUntil: until, invitations: [] }
  await put(world, { ...keys.groupOrderOfRun.key(runId, id), groupOrderId: id })
  await put(world, { ...order, state: 'awaiting-payment' })
  const offered = { type: 'group-offered', personId: buyerId, runId, until } as const
  const failed = { type: 'group-refund-failed', personId: buyerId, runId, fen: 1 } as const
  expect([await concerns(offered), await concerns(failed)]).toEqual([true, true])
  await put(world, { ...order, state: 'paid' })
  expect([await concerns(offered), await concerns(failed)]).toEqual([false, true])
  await end(buyerId, employerId)
  expect(await concerns(failed)).toBe(false)
})

test('an invitation is told of while it is open', async () => {
  const { world, run } = scene
  const [personId, id, groupOrderId] = [world.id('person'), world.id('invitation'), world.id('groupOrder')]
  await put(world, { ...keys.profile.key(personId), personId, namedHashes: ['hash'], version: 1 })
  await put(world, { ...keys.invitation.key('hash', id), groupOrderId, invitationId: id })
  const order = { ...keys.groupOrder.key(groupOrderId), id: groupOrderId, runId: run.run.id, state: 'paid' }
  const invitation = { id, personId: null, state: 'open', hash: 'hash' }
  const invited = { type: 'seat-invited', personId, runId: run.run.id } as const
  await put(world, { ...order, invitations: [invitation] })
  expect(await concerns(invited)).toBe(true)
  await put(world, { ...order, invitations: [{ ...invitation, state: 'withdrawn' }] })
  expect(await concerns(invited)).toBe(false)
})

test('what concerns a provider is not told to a manager whose appointment ended', async () => {
  const { run, manager: personId } = scene
  const runId = run.run.id
  const from = run.run.meetings[0]?.startsAt ?? ''
  const events = [
    { type: 'assignment-answered', personId, runId, from, granted: true },
    { type: 'assignment-lapsed', personId, runId, from },
    { type: 'instructor-ill', personId, runId, from },
    { type: 'instructor-unqualified', personId, runId, from },
  ] as const
  const all = () => Promise.all(events.map(concerns))
  expect(await all()).toEqual([true, true, true, true])
  await end(personId, run.run.providerId)
  expect(await all()).toEqual([false, false, false, false])
})
