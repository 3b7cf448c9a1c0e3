import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Role } from '@skills/contract/route.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import { readMessage } from '@skills/core/messages/report.table.ts'
import { transact } from '@skills/core/transact.ts'
import { crewSteps } from '@skills/core/scheduling/crew.table.ts'
import * as read from '@skills/functions/messages/read-messages.ts'
import * as reports from '@skills/functions/messages/reports.ts'
import * as write from '@skills/functions/messages/write-messages.ts'
import { makeRun } from '../enrollment/claim-scene.ts'
import { claim, put } from '../people/notices-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

export const page = { limit: 20, after: undefined }

export interface MessagesScene {
  world: TestWorld
  run: RunItem
  /** Two people with a seat, one without. */
  learners: [string, string]
  stranger: string
  manager: string
  /** Accepted for the run, and a person of her own. */
  instructor: string
  command(route: Command['route'], id?: string): Command
  actor(personId: string): Actor
  ask(personId: string, text?: string, id?: string): ReturnType<typeof write.askQuestion>
  announce(personId: string, text?: string, id?: string): ReturnType<typeof write.announce>
  answer(personId: string, threadId: string, text?: string, id?: string): ReturnType<typeof write.writeMessage>
  thread(personId: string, threadId: string): ReturnType<typeof read.getThread>
  report(personId: string, threadId: string, number?: number, id?: string): ReturnType<typeof reports.reportMessage>
  decide(
    threadId: string,
    hide: boolean,
    number?: number,
    as?: { actor?: Actor; waitingSince?: string | null },
  ): ReturnType<typeof reports.decideMessage>
  stop(): Promise<void>
}

/** A run with learners, its provider's manager and an instructor of the commons, on a real engine. */
export async function startMessages(): Promise<MessagesScene> {
  const { table, stop } = await startTable()
  const world = testWorld(table)
  const run = await makeRun(world, { capacity: 60 })
  const { providerId } = run.run
  const roles = new Map<string, Actor['memberships']>()
  let commands = 0
  const command: MessagesScene['command'] = (route, id = `messages-${(commands += 1)}`) => ({ id, fingerprint: 'asked', route })
  const actor = (personId: string): Actor => ({ personId, memberships: roles.get(personId) ?? [] })
  const learners: [string, string] = [world.id('person'), world.id('person')]
  for (const learner of learners) await claim(world, learner, run)

  const manager = world.id('person')
  const held: readonly Role[] = ['provider:manager']
  await writeMembership(
    world,
    undefined,
    'system:test',
    manager,
    { organizationId: providerId, organizationName: { zh: '夜校', en: 'Night school' }, roles: [...held] },
    undefined,
  )
  roles.set(manager, [{ organizationId: providerId, roles: held }])

  const instructor = world.id('person')
  const instructorId = world.id('instructor')
  await put(world, { pk: `PERSON#${instructor}`, sk: 'INSTRUCTOR', instructorId })
  await put(world, { pk: `INSTRUCTOR#${instructorId}`, sk: 'INSTRUCTOR', personId: instructor, instructor: { id: instructorId } })
  const [meeting] = run.run.meetings
  const assignment = {
    bookingId: world.id('booking'),
    meetingId: meeting?.id ?? '',
    instructorId,
    from: meeting?.startsAt ?? '',
    to: meeting?.endsAt ?? '',
    state: 'accepted' as const,
    askedAt: world.now(),
    until: null,
    askedBy: manager,
    feeFen: 0,
  }
  const after = { runId: run.run.id, providerId, assignments: [assignment], rooms: [] }
  await transact(world, undefined, crewSteps(world, { before: undefined, after, action: 'ask', by: manager }), true)

  const params = { runId: run.run.id }
  return {
    world,
    run,
    learners,
    stranger: world.id('person'),
    manager,
    instructor,
    command,
    actor,
    ask: (personId, text = '可以晚到十分钟吗？', id) =>
      write.askQuestion(world, { actor: actor(personId), command: command('askQuestion', id), params, body: { title: '晚到', text } }),
    announce: (personId, text = '请自带绝缘手套。', id) =>
      write.announce(world, { actor: actor(personId), command: command('announce', id), params, body: { title: '第一次课', text } }),
    answer: (personId, threadId, text = '可以，请从后门进。', id) =>
      write.writeMessage(world, { actor: actor(personId), command: command('writeMessage', id), params: { threadId }, body: { text } }),
    thread: (personId, threadId) => read.getThread(world, { actor: actor(personId), params: { threadId } }),
    report: (personId, threadId, number = 1, id) =>
      reports.reportMessage(world, {
        actor: actor(personId),
        command: command('reportMessage', id),
        params: { threadId, number: String(number) },
        body: { reason: '推销' },
      }),
    decide: async (threadId, hide, number = 1, as = {}) =>
      reports.decideMessage(world, {
        actor: as.actor ?? actor('per_operator'),
        command: command('decideMessage'),
        params: { threadId, number: String(number) },
        body: {
          ...{ hide, reason: '与课程无关' },
          waitingSince:
            as.waitingSince === undefined ? ((await readMessage(world, threadId, number))?.waitingSince ?? null) : as.waitingSince,
        },
      }),
    stop,
  }
}
