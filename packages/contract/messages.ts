import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Text } from './text.ts'
import { Instant } from './time.ts'

/** On whose side a message was written; no person is named. */
export const sides = ['learner', 'provider', 'instructor'] as const
export type Side = (typeof sides)[number]

/** The greatest lengths, in characters. */
export const longest = { title: 60, text: 2000, reason: 500 }

const trimmed = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
export const MessageTitle = trimmed(longest.title)
export const MessageText = trimmed(longest.text)
export const MessageReason = trimmed(longest.reason)

/** A message as its reader sees it. What an operator hid has no text any more, and says why. */
export const Message = z.strictObject({
  number: z.int().check(z.minimum(1)),
  at: Instant,
  side: z.enum(sides),
  mine: z.boolean(),
  text: z.nullable(z.string()),
  hidden: z.nullable(z.strictObject({ reason: z.string(), at: Instant })),
  /** Whether the reader reported it. */
  reported: z.boolean(),
})
export type Message = z.infer<typeof Message>

/** An announcement or a question with what it is about. */
export const ThreadLine = z.strictObject({
  id: idOf('thread'),
  kind: z.enum(['announcement', 'question']),
  runId: idOf('run'),
  courseTitle: Text,
  runName: Text,
  providerName: Text,
  /** Null when an operator hid it. */
  title: z.nullable(z.string()),
  at: Instant,
  lastAt: Instant,
  /** Who wrote last; for who is to answer. */
  lastSide: z.enum(sides),
  messages: z.int(),
  /** The masked name of who asked, for those who answer; never for another learner. */
  asker: z.nullable(z.string()),
})
export type ThreadLine = z.infer<typeof ThreadLine>

export const Thread = z.strictObject({ ...ThreadLine.shape, list: z.array(Message), mayWrite: z.boolean() })
export type Thread = z.infer<typeof Thread>

/** A message that somebody reported, as an operator sees it. */
export const ReportedMessage = z.strictObject({
  thread: ThreadLine,
  number: z.int(),
  at: Instant,
  side: z.enum(sides),
  text: z.string(),
  hidden: z.nullable(z.strictObject({ reason: z.string(), at: Instant })),
  /** The first reasons that were given, and how many reports came after them. */
  reports: z.array(z.strictObject({ at: Instant, reason: z.string() })),
  moreReports: z.int(),
  /** Since when it waits: a decision names it, so that a page that is out of date decides nothing. */
  waitingSince: z.nullable(Instant),
})
export type ReportedMessage = z.infer<typeof ReportedMessage>
