import type { Command, Page } from '@skills/contract/actor.ts'
import type { Side } from '@skills/contract/messages.ts'
import { auditStep } from '../audit.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { keys } from '../keys.ts'
import { outboxStep, type OutboxEvent } from '../outbox.ts'
import { readItem, readItems, readRange, type Item, type Key } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { spokenKey, spokenStep, type Speaker } from './spoken.ts'
import { digestOf, keptUntil, type MessageItem, type ThreadItem } from './thread.ts'

export const numberOf = (number: number) => String(number).padStart(4, '0')

/** A thread by its id, or undefined. */
export async function readThread(world: World, threadId: string): Promise<ThreadItem | undefined> {
  return (await readItem(world.table, keys.thread.key(threadId))) as unknown as ThreadItem | undefined
}

/** All messages of a thread, in their order. */
export async function readMessages(world: World, threadId: string): Promise<MessageItem[]> {
  return (await readRange(world.table, { pk: keys.thread.key(threadId).pk, begins: 'MESSAGE#' })) as unknown as MessageItem[]
}

/** A page of threads by pointers under a key, newest first; `next` is the position of the next page, or null. */
export async function threadPage(world: World, list: Key, page: Page): Promise<{ threads: ThreadItem[]; next: string | null }> {
  const after = page.after === undefined ? undefined : `${list.sk}${page.after}`
  const pointers = await readRange(world.table, { pk: list.pk, begins: list.sk, backward: true, limit: page.limit + 1, after })
  const ids = pointers.slice(0, page.limit).map(({ sk }) => sk.slice(list.sk.length))
  const items = await readItems(
    world.table,
    ids.map((id) => keys.thread.key(id)),
  )
  const threads = items.filter((item) => item !== undefined) as unknown as ThreadItem[]
  return { threads, next: pointers.length > page.limit ? (ids.at(-1) ?? null) : null }
}

export interface Opening {
  kind: ThreadItem['kind']
  run: RunItem
  personId: string
  side: Side
  asker: string | null
  title: string
  text: string
  /** What those are told whom it concerns. */
  tells: (threadId: string) => OutboxEvent[]
}

/** Opens a thread with its first message in one transaction. Refuses `said-enough`. Fails by name: `spoken`. */
export async function openThread(world: World, command: Command, opening: Opening): Promise<Outcome<{ threadId: string }>> {
  const { kind, run, personId, side, asker, title, text } = opening
  const id = world.id('thread')
  const at = world.now()
  const speaker: Speaker = kind === 'announcement' ? 'announcements' : { personId, answers: false }
  const message = messageOf({ threadId: id, number: 1, at, side, personId, text }, title)
  const audit = auditStep(
    { entity: id, action: kind, by: personId, at, commandId: command.id, evidence: message.digest, own: side === 'learner' },
    undefined,
  )
  const { providerId } = run.run
  const head: ThreadItem = {
    ...{ id, kind, runId: run.run.id, providerId, courseTitle: run.title, runName: run.run.name, providerName: run.providerName },
    ...{ title, personId, asker, at, lastAt: at, lastSide: side, messages: 1, hidden: false, expiresAt: keptUntil(run.run) },
    ...audit.history,
  }
  const { expiresAt } = head
  const before = await readItem(world.table, spokenKey(run.run.id, speaker))
  return transact(
    world,
    command,
    [
      spokenStep(world, run.run.id, speaker, before),
      fresh('thread', { ...keys.thread.key(id), ...head }),
      fresh('message', { ...keys.message.key(id, numberOf(1)), ...message, expiresAt }),
      ...[...listsOf(head), keys.threadOf.key(personId, id)].map((key) => ({
        name: 'pointer',
        put: { item: { ...key, threadId: id, side, expiresAt } },
      })),
      audit.step,
      ...opening.tells(id).map((event) => outboxStep(world, event)),
    ],
    { threadId: id },
  )
}

export interface Adding {
  run: RunItem
  personId: string
  side: Side
  text: string
  tells: OutboxEvent[]
}

/** Writes the next message of a thread as it was read, in one transaction. Refuses `said-enough`. Fails by name: `spoken`, `thread` when somebody wrote meanwhile. */
export async function addMessage(
  world: World,
  command: Command,
  before: ThreadItem,
  adding: Adding,
): Promise<Outcome<{ threadId: string }>> {
  const { run, personId, side, text } = adding
  const at = world.now()
  const number = before.messages + 1
  const speaker = { personId, answers: side !== 'learner' }
  const message = messageOf({ threadId: before.id, number, at, side, personId, text }, undefined)
  const audit = auditStep(
    { entity: before.id, action: 'write', by: personId, at, commandId: command.id, evidence: message.digest, own: side === 'learner' },
    before,
  )
  // A run that was moved back since ends later, and nothing of a thread goes before the rest of it.
  const expiresAt = Math.max(before.expiresAt, keptUntil(run.run))
  const head: ThreadItem = { ...before, messages: number, lastAt: at, lastSide: side, expiresAt, ...audit.history }
  const spoken = await readItem(world.table, spokenKey(before.runId, speaker))
  return transact(
    world,
    command,
    [
      spokenStep(world, before.runId, speaker, spoken),
      headStep(head, before),
      fresh('message', { ...keys.message.key(before.id, numberOf(number)), ...message, expiresAt }),
      { name: 'pointer', put: { item: { ...keys.threadOf.key(personId, before.id), threadId: before.id, side, expiresAt } } },
      ...(expiresAt > before.expiresAt ? await keepLonger(world, before, personId, expiresAt) : []),
      audit.step,
      ...adding.tells.map((event) => outboxStep(world, event)),
    ],
    { threadId: before.id },
  )
}

/** Where a thread is listed besides with those who wrote in it. */
const listsOf = ({ id, kind, runId, providerId }: ThreadItem): Key[] =>
  kind === 'announcement'
    ? [keys.announcementOf.key(runId, id)]
    : [keys.questionOf.key(runId, id), keys.threadOfProvider.key(providerId, id)]

/** So much of a thread is kept longer in one transaction, which has room for 100 actions: all its messages and lists, and the lines of nine who wrote. */
const mostKept = 70

/** The steps that keep everything of a thread until another end: its messages, its lists and those of who wrote in it, but `writing`, whose line is written anyway. */
async function keepLonger(world: World, thread: ThreadItem, writing: string, expiresAt: number): Promise<Step[]> {
  const messages = await readMessages(world, thread.id)
  const writers = new Set([thread.personId, ...messages.map(({ personId }) => personId)])
  writers.delete(writing)
  const all = [
    ...messages.map(({ number }) => keys.message.key(thread.id, numberOf(number))),
    ...listsOf(thread),
    ...[...writers].map((personId) => keys.threadOf.key(personId, thread.id)),
  ]
  return all.slice(0, mostKept).map((key) => ({
    name: 'kept',
    update: { key, set: 'SET expiresAt = :end', condition: 'attribute_exists(pk)', values: { ':end': expiresAt } },
  }))
}

const fresh = (name: string, item: Item): Step => ({ name, put: { item, condition: 'attribute_not_exists(pk)' } })

const messageOf = (message: Omit<MessageItem, 'digest'>, title: string | undefined): MessageItem => ({
  ...message,
  digest: digestOf(message, title),
})

/** The step that writes a head at the version it was read; fails by the name `thread`. */
export function headStep(head: ThreadItem, before: ThreadItem): Step {
  return {
    name: 'thread',
    put: { item: { ...keys.thread.key(head.id), ...head }, condition: 'version = :before', values: { ':before': before.version } },
  }
}
