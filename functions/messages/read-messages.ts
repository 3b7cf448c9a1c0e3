import type { Actor, Page } from '@skills/contract/actor.ts'
import type { Thread, ThreadLine } from '@skills/contract/messages.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { keys } from '@skills/core/keys.ts'
import { readMessage } from '@skills/core/messages/report.table.ts'
import { lineOf, threadOf } from '@skills/core/messages/thread.ts'
import { threadPage } from '@skills/core/messages/thread.table.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import type { World } from '@skills/core/world.ts'
import { readerOf, runFor, seenThread } from './seen-thread.ts'

interface Paged<P> {
  actor: Actor
  params: P
  page: Page
}
type Lines = Promise<{ items: ThreadLine[]; next: string | null }>

/** The announcements of a run, newest first, for who has a seat in it, answers in it or offers it. Refuses `not-found`. */
export async function listAnnouncements(
  world: World,
  { actor: { personId }, params, page }: Paged<{ runId: string }>,
): Promise<{ items: Thread[]; next: string | null }> {
  const { standing } = await runFor(world, personId, params.runId)
  const { threads, next } = await threadPage(world, keys.announcementOf.key(params.runId, ''), page)
  const firsts = await Promise.all(threads.map(({ id }) => readMessage(world, id, 1)))
  const items = threads.flatMap((thread, place) => {
    const reader = readerOf(thread, personId, standing)
    const first = firsts[place]
    return reader === undefined || first === undefined ? [] : [threadOf(thread, [first], reader, false)]
  })
  return { items, next }
}

/** The questions of a run, newest first, for who answers in it. Refuses `not-found`. */
export async function listRunThreads(world: World, { actor: { personId }, params, page }: Paged<{ runId: string }>): Lines {
  const { standing } = await runFor(world, personId, params.runId)
  if (standing.answers === null) throw new Refusal('not-found')
  const side = standing.answers
  const { threads, next } = await threadPage(world, keys.questionOf.key(params.runId, ''), page)
  return { items: threads.map((thread) => lineOf(thread, { personId, side })), next }
}

/** The questions to a provider, newest first, for its people. Refuses `not-found`; operators see only what is reported. */
export async function listProviderThreads(world: World, { actor, params, page }: Paged<{ providerId: string }>): Lines {
  const own = { ...actor, memberships: actor.memberships.filter(({ organizationId }) => organizationId === params.providerId) }
  if (!mayAct(own, params.providerId, ['provider:manager', 'provider:registrar'])) throw new Refusal('not-found')
  const { threads, next } = await threadPage(world, keys.threadOfProvider.key(params.providerId, ''), page)
  return { items: threads.map((thread) => lineOf(thread, { personId: actor.personId, side: 'provider' })), next }
}

/** The questions the caller asked, newest first. */
export async function listMyThreads(world: World, { actor: { personId }, page }: Omit<Paged<unknown>, 'params'>): Lines {
  const { threads, next } = await threadPage(world, keys.threadOf.key(personId, ''), page)
  const mine = threads.filter((thread) => thread.kind === 'question' && thread.personId === personId)
  return { items: mine.map((thread) => lineOf(thread, { personId, side: 'learner' })), next }
}

/** A question or an announcement with its messages. Refuses `not-found`. */
export function getThread(world: World, { actor, params }: { actor: Actor; params: { threadId: string } }): Promise<Thread> {
  return seenThread(world, actor.personId, params.threadId)
}
