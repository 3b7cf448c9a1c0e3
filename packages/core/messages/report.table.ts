import { createHash } from 'node:crypto'
import type { Command, Page } from '@skills/contract/actor.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Item } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'
import { mostReports, type MessageItem, type ThreadItem } from './thread.ts'
import { headStep, numberOf } from './thread.table.ts'

/** A message with what waits about it. */
export type Reportable = MessageItem & { waitingSince?: string }

/** One message, or undefined. */
export async function readMessage(world: World, threadId: string, number: number): Promise<Reportable | undefined> {
  return (await readItem(world.table, keys.message.key(threadId, numberOf(number)))) as unknown as Reportable | undefined
}

/**
 * Writes down that a person reported a message, once for each person, and lays it before the operators where it does not wait already. What was decided is not asked again for the same
 * person, nor after `mostReports`, which are only counted: the words are still those an operator decided on. Fails by name: `message` when another report or a decision came between.
 */
export function writeReport(
  world: World,
  command: Command,
  message: Reportable,
  report: { personId: string; reason: string },
): Promise<Outcome<{ reported: boolean }>> {
  const reports = message.reports ?? []
  if (reports.some(({ personId }) => personId === report.personId)) return transact(world, command, [], { reported: true })
  if (reports.length >= mostReports) {
    const moreReports = (message.moreReports ?? 0) + 1
    return transact(world, command, [messageStep(message, { moreReports })], { reported: true })
  }
  const at = world.now()
  const waits = message.waitingSince !== undefined || message.hidden !== undefined
  const number = numberOf(message.number)
  const steps: Step[] = [
    messageStep(message, { reports: [...reports, { ...report, at }], ...(waits ? {} : { waitingSince: at }) }),
    ...(waits
      ? []
      : [
          {
            name: 'queue',
            put: { item: { ...keys.reported.key(at, message.threadId, number), threadId: message.threadId, number: message.number } },
          },
        ]),
  ]
  return transact(world, command, steps, { reported: true })
}

/** An operator's decision: the message out of sight or left, what waited about it done, and both in the thread's audit chain with the digest of the reason. Fails by name: `thread`, `message`. */
export function writeDecision(
  world: World,
  command: Command,
  thread: ThreadItem,
  message: Reportable,
  decision: { hide: boolean; reason: string; by: string },
): Promise<Outcome<{ hidden: boolean }>> {
  const { hide, reason, by } = decision
  const at = world.now()
  const evidence = createHash('sha256')
    .update(JSON.stringify([message.number, hide, reason]))
    .digest('hex')
  const audit = auditStep(
    { entity: thread.id, action: hide ? 'hide-message' : 'leave-message', by, at, commandId: command.id, evidence },
    thread,
  )
  const hidden = message.number === 1 ? hide : thread.hidden
  const waited = message.waitingSince
  return transact(
    world,
    command,
    [
      headStep({ ...thread, hidden, ...audit.history }, thread),
      messageStep(message, { decided: { hide, reason, by, at }, ...(hide ? { hidden: { reason, at, by } } : {}) }, [
        'waitingSince',
        ...(hide ? [] : ['hidden']),
      ]),
      ...(waited === undefined ? [] : [{ name: 'queue', remove: { key: keys.reported.key(waited, thread.id, numberOf(message.number)) } }]),
      audit.step,
    ],
    { hidden: hide },
  )
}

/** Changes what lies over a message, as it was read; the words themselves are never written again. */
function messageStep(message: Reportable, set: Record<string, unknown>, remove: string[] = []): Step {
  const names = [...Object.keys(set), ...remove]
  const { waitingSince, reports = [], moreReports } = message
  return {
    name: 'message',
    update: {
      key: keys.message.key(message.threadId, numberOf(message.number)),
      set: `SET ${Object.keys(set)
        .map((name) => `#${name} = :${name}`)
        .join(', ')}${remove.length === 0 ? '' : ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}`}`,
      condition: `attribute_exists(pk) AND ${waitingSince === undefined ? 'attribute_not_exists(#since)' : '#since = :since'} AND ${
        reports.length === 0 ? 'attribute_not_exists(#list)' : 'size(#list) = :many'
      } AND ${moreReports === undefined ? 'attribute_not_exists(#more)' : '#more = :more'}`,
      names: {
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        '#since': 'waitingSince',
        '#list': 'reports',
        '#more': 'moreReports',
      },
      values: {
        ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
        ...(waitingSince === undefined ? {} : { ':since': waitingSince }),
        ...(reports.length === 0 ? {} : { ':many': reports.length }),
        ...(moreReports === undefined ? {} : { ':more': moreReports }),
      },
    },
  }
}

/** A page of what waits for an operator, the longest waiting first. */
export async function reportedPage(
  world: World,
  page: Page,
): Promise<{ waiting: { thread: ThreadItem; message: Reportable }[]; next: string | null }> {
  const { pk } = keys.reported.key('', '', '')
  const lines = await readRange(world.table, { pk, limit: page.limit + 1, after: page.after })
  const shown = lines.slice(0, page.limit)
  const items = await readItems(
    world.table,
    shown.flatMap((line) => [
      keys.thread.key(String(line['threadId'])),
      keys.message.key(String(line['threadId']), numberOf(Number(line['number']))),
    ]),
  )
  const waiting = shown.flatMap((_, place) => {
    const [thread, message] = items.slice(place * 2, place * 2 + 2) as unknown as [Item | undefined, Item | undefined]
    return thread === undefined || message === undefined
      ? []
      : [{ thread: thread as unknown as ThreadItem, message: message as unknown as Reportable }]
  })
  return { waiting, next: lines.length > page.limit ? (shown.at(-1)?.sk ?? null) : null }
}
