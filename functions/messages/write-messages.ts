import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Thread } from '@skills/contract/messages.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { doneBefore } from '@skills/core/command.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { readInstructors } from '@skills/core/instructor/instructor.table.ts'
import { keys } from '@skills/core/keys.ts'
import { standingTo } from '@skills/core/messages/reader.table.ts'
import { mostMessages, openDays, openUntil } from '@skills/core/messages/thread.ts'
import { addMessage, openThread } from '@skills/core/messages/thread.table.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { managersOf } from '@skills/core/people/members.table.ts'
import { claimFacts } from '@skills/core/people/profile.ts'
import { plainWords } from '@skills/core/quality/plain-words.ts'
import { readCrew } from '@skills/core/scheduling/crew.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { seenThread, threadFor } from './seen-thread.ts'

interface Write<B, P = { runId: string }> {
  actor: Actor
  command: Command
  params: P
  body: B
}

const staff = ['provider:manager', 'provider:registrar'] as const

/** Refuses `thread-over` once a run is long past. */
function stillOpen(world: World, { run }: RunItem): void {
  if (openUntil(run) <= world.now()) throw new Refusal('thread-over', { days: openDays })
}

/** Puts up an announcement for all learners of a run, and has them told. Refuses `not-found`, `validation-failed`, `run-cancelled`, `thread-over`, `said-enough`. */
export async function announce(
  world: World,
  { actor, command, params, body: sent }: Write<{ title: string; text: string }>,
): Promise<Thread> {
  const run = await readRun(world.table, params.runId)
  // An operator speaks for no provider.
  const own = { ...actor, memberships: actor.memberships.filter(({ organizationId }) => organizationId === run?.run.providerId) }
  if (run === undefined || !mayAct(own, run.run.providerId, staff)) throw new Refusal('not-found')
  const body = plainWords(sent, 'title', 'text')
  const { threadId } = await untilDone(world, command, async () => {
    if (run.run.state === 'cancelled') throw new Refusal('run-cancelled')
    stillOpen(world, run)
    const tells = (id: string): OutboxEvent[] => [{ type: 'run-announced', runId: run.run.id, threadId: id }]
    return openThread(world, command, {
      kind: 'announcement',
      run,
      personId: actor.personId,
      side: 'provider',
      asker: null,
      ...body,
      tells,
    })
  })
  return seenThread(world, actor.personId, threadId)
}

/** Asks the provider of a run that the caller has a seat in. Who teaches it is told too. Refuses `not-found`, `not-enrolled`, `validation-failed`, `thread-over`, `said-enough`. */
export async function askQuestion(
  world: World,
  { actor, command, params, body: sent }: Write<{ title: string; text: string }>,
): Promise<Thread> {
  const { personId } = actor
  const run = await readRun(world.table, params.runId)
  if (run === undefined) throw new Refusal('not-found')
  const body = plainWords(sent, 'title', 'text')
  const { threadId } = await untilDone(world, command, async () => {
    const standing = await standingTo(world, personId, run)
    if (!standing.seated) throw new Refusal('not-enrolled')
    stillOpen(world, run)
    const asker = claimFacts(await readItem(world.table, keys.profile.key(personId))).maskedName
    const concerned = await answerers(world, run, personId)
    const tells = (id: string) =>
      concerned.map((to): OutboxEvent => ({ type: 'question-asked', personId: to, runId: run.run.id, threadId: id }))
    return openThread(world, command, { kind: 'question', run, personId, side: 'learner', asker, ...body, tells })
  })
  return seenThread(world, personId, threadId)
}

/**
 * Writes on in a question: its learner, or who answers. The other side is told; where somebody writes several times before an answer, once for each. Refuses `not-found`,
 * `not-enrolled`, `validation-failed`, `thread-over`, `thread-full`, `said-enough`.
 */
export async function writeMessage(
  world: World,
  { actor, command, params, body: sent }: Write<{ text: string }, { threadId: string }>,
): Promise<Thread> {
  const { personId } = actor
  const body = plainWords(sent, 'text')
  if ((await doneBefore(world, command)) === undefined)
    await untilDone(world, command, async () => {
      const { thread, run, standing, reader } = await threadFor(world, personId, params.threadId)
      if (thread.kind === 'announcement' || reader.side === null) throw new Refusal('not-found')
      const { side } = reader
      if (side === 'learner' && !standing.seated) throw new Refusal('not-enrolled')
      stillOpen(world, run)
      if (thread.messages >= mostMessages) throw new Refusal('thread-full', { most: mostMessages })
      const about = { runId: thread.runId, threadId: thread.id }
      const tells: OutboxEvent[] =
        side === 'learner'
          ? (await answerers(world, run, personId)).map((to) => ({ type: 'question-asked', personId: to, ...about }))
          : [{ type: 'question-answered', personId: thread.personId, ...about }]
      return addMessage(world, command, thread, { run, personId, side, text: body.text, tells })
    })
  return seenThread(world, personId, params.threadId)
}

/** Who is told of a question: who teaches the run, who asked them, and who manages the provider now; at most twenty, never the asker. The provider's other people see it in their console. */
async function answerers(world: World, { run }: RunItem, asker: string): Promise<string[]> {
  const crew = await readCrew(world.table, run.id)
  const accepted = (crew?.assignments ?? []).filter(({ state }) => state === 'accepted')
  const instructors = await readInstructors(world.table, [...new Set(accepted.map(({ instructorId }) => instructorId))])
  const people = [
    ...instructors.flatMap((one) => (one === undefined ? [] : [one.personId])),
    ...(await managersOf(world.table, run.providerId)),
    ...accepted.map(({ askedBy }) => askedBy),
  ]
  return [...new Set(people)].filter((personId) => personId !== asker).slice(0, 20)
}
