import { createHash } from 'node:crypto'
import type { Side, Thread, ThreadLine } from '@skills/contract/messages.ts'
import type { Run } from '@skills/contract/catalog.ts'
import type { Text } from '@skills/contract/text.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'

/** A question holds so many messages; what goes on longer is another one. */
export const mostMessages = 60
/** Of so many reports about one message the reasons are kept, so that it stays small however many come. */
export const mostReports = 20
/** So long after the last meeting something can still be written. */
export const openDays = 90
/** Trade records are kept three years at least after the trade is done (E-Commerce Law art. 31); messages of a run are, and then go by TTL. */
const keptMinutes = 3 * 366 * 24 * 60

/** The head of an announcement or a question. Titles are words of people: hidden with their first message. */
export interface ThreadItem extends History {
  id: string
  kind: 'announcement' | 'question'
  runId: string
  providerId: string
  courseTitle: Text
  runName: Text
  providerName: Text
  title: string
  /** Who asked or announced; in no answer. */
  personId: string
  /** The masked name of who asked; null for an announcement. */
  asker: string | null
  at: string
  lastAt: string
  lastSide: Side
  messages: number
  /** The first message, and with it the title, is out of sight. */
  hidden: boolean
  /** When the thread may go, seconds as TTL wants them: the same on its head, on each of its messages and wherever it is listed. */
  expiresAt: number
}

/** One message. The text is never changed; `hidden` lays something over it. */
export interface MessageItem {
  threadId: string
  number: number
  at: string
  side: Side
  personId: string
  text: string
  digest: string
  hidden?: { reason: string; at: string; by: string }
  /** The first `mostReports`; `moreReports` counts those that came after. */
  reports?: { personId: string; reason: string; at: string }[]
  moreReports?: number
}

/** Who looks: what her side is, where she may write. */
export interface Reader {
  personId: string
  /** Null: not a party; an operator looks at what was reported only. */
  side: Side | null
}

/** The digest of a message as its audit entry holds it: the words, who wrote them, when and where in the thread. */
export function digestOf({ threadId, number, at, side, personId, text }: Omit<MessageItem, 'digest'>, title: string | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([threadId, number, at, side, personId, title ?? null, text]))
    .digest('hex')
}

const lastEnd = (run: Pick<Run, 'meetings' | 'closesAt'>) =>
  run.meetings.reduce((end, { endsAt }) => (endsAt > end ? endsAt : end), run.closesAt)

/** Until when something may be written about a run. */
export const openUntil = (run: Pick<Run, 'meetings' | 'closesAt'>) => plusMinutes(lastEnd(run), openDays * 24 * 60)

/** When messages about a run may go, in seconds, as TTL wants it: three years after the last that could be written. */
export function keptUntil(run: Pick<Run, 'meetings' | 'closesAt'>): number {
  return Math.ceil(Date.parse(plusMinutes(openUntil(run), keptMinutes)) / 1000)
}

/** Whether parts of a thread may be gone by now: TTL takes its items one by one, in any order, days late. */
export const mayBeGone = ({ expiresAt }: Pick<ThreadItem, 'expiresAt'>, now: string) => expiresAt * 1000 <= Date.parse(now)

/** A thread's line as somebody sees it. Only who answers learns who asked, and only by the masked name. */
export function lineOf(item: ThreadItem, reader: Reader): ThreadLine {
  const { id, kind, runId, courseTitle, runName, providerName, title, at, lastAt, lastSide, messages } = item
  const asker = reader.side === 'learner' || reader.side === null ? null : item.asker
  return {
    ...{ id, kind, runId, courseTitle, runName, providerName, at, lastAt, lastSide, messages },
    title: item.hidden ? null : title,
    asker,
  }
}

/** A thread with its messages as somebody sees them. No person is named; what was hidden says why. */
export function threadOf(item: ThreadItem, list: readonly MessageItem[], reader: Reader, mayWrite: boolean): Thread {
  return {
    ...lineOf(item, reader),
    mayWrite,
    list: list.map(({ number, at, side, personId, text, hidden, reports = [] }) => ({
      ...{ number, at, side },
      mine: personId === reader.personId,
      text: hidden === undefined ? text : null,
      hidden: hidden === undefined ? null : { reason: hidden.reason, at: hidden.at },
      reported: reports.some((report) => report.personId === reader.personId),
    })),
  }
}
