import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { MessageReason, MessageText, MessageTitle, ReportedMessage, Thread, ThreadLine } from './messages.ts'
import { pageOf, PageQuery } from './page.ts'
import { route } from './route.ts'
import { Instant } from './time.ts'

const runParams = z.strictObject({ runId: idOf('run') })
const threadParams = z.strictObject({ threadId: idOf('thread') })
const messageParams = z.strictObject({ threadId: idOf('thread'), number: z.string().check(z.regex(/^[1-9]\d{0,3}$/)) })
const writes = ['not-found', 'validation-failed', 'said-enough', 'thread-over', 'busy', 'outcome-unknown'] as const

export const announce = route({
  name: 'announce',
  summary: { zh: '向一期的全体学员发公告', en: 'Announce something to all learners of a run' },
  tag: 'messages',
  function: 'messages',
  who: { anyOf: ['provider:manager', 'provider:registrar'] },
  params: runParams,
  body: z.strictObject({ title: MessageTitle, text: MessageText }),
  answer: { status: 201, body: Thread },
  refusals: [...writes, 'run-cancelled'],
})

export const listAnnouncements = route({
  name: 'listAnnouncements',
  summary: { zh: '一期的公告，新的在前', en: 'The announcements of a run, newest first' },
  tag: 'messages',
  function: 'messages',
  who: 'person',
  params: runParams,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(Thread) },
  refusals: ['not-found', 'invalid-cursor'],
})

export const askQuestion = route({
  name: 'askQuestion',
  summary: { zh: '就报了名的一期向培训机构提问', en: 'Ask the provider about a run I have a seat in' },
  tag: 'messages',
  function: 'messages',
  who: 'person',
  params: runParams,
  body: z.strictObject({ title: MessageTitle, text: MessageText }),
  answer: { status: 201, body: Thread },
  refusals: [...writes, 'not-enrolled'],
})

export const listMyThreads = route({
  name: 'listMyThreads',
  summary: { zh: '我的提问，新的在前', en: 'My questions, newest first' },
  tag: 'messages',
  function: 'messages',
  who: 'person',
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ThreadLine) },
  refusals: ['invalid-cursor'],
})

export const listRunThreads = route({
  name: 'listRunThreads',
  summary: { zh: '一期的学员提问，给机构和授课师资', en: 'The questions of a run, for its provider and who teaches it' },
  tag: 'messages',
  function: 'messages',
  who: 'person',
  params: runParams,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ThreadLine) },
  refusals: ['not-found', 'invalid-cursor'],
})

export const listProviderThreads = route({
  name: 'listProviderThreads',
  summary: { zh: '机构收到的提问，新的在前', en: 'The questions to a provider, newest first' },
  tag: 'messages',
  function: 'messages',
  who: { anyOf: ['provider:manager', 'provider:registrar'] },
  params: z.strictObject({ providerId: idOf('provider') }),
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ThreadLine) },
  refusals: ['not-found', 'invalid-cursor'],
})

export const getThread = route({
  name: 'getThread',
  summary: { zh: '一条提问或公告的全部消息', en: 'All messages of a question or an announcement' },
  tag: 'messages',
  function: 'messages',
  who: 'person',
  params: threadParams,
  answer: { status: 200, body: Thread },
  refusals: ['not-found'],
})

export const writeMessage = route({
  name: 'writeMessage',
  summary: { zh: '在提问里追问或回复', en: 'Write on in a question: the learner, or who answers' },
  tag: 'messages',
  function: 'messages',
  who: 'person',
  params: threadParams,
  body: z.strictObject({ text: MessageText }),
  answer: { status: 201, body: Thread },
  refusals: [...writes, 'thread-full', 'not-enrolled'],
})

export const reportMessage = route({
  name: 'reportMessage',
  summary: { zh: '举报一条消息', en: 'Report a message to the operator' },
  tag: 'messages',
  function: 'messages',
  who: 'person',
  params: messageParams,
  body: z.strictObject({ reason: MessageReason }),
  answer: { status: 200, body: z.strictObject({ reported: z.boolean() }) },
  refusals: ['not-found', 'rate-limited', 'busy', 'outcome-unknown'],
})

export const listReportedMessages = route({
  name: 'listReportedMessages',
  summary: { zh: '被举报、待处理的消息', en: 'Reported messages that wait for a decision' },
  tag: 'messages',
  function: 'messages',
  who: { anyOf: ['platform:operator'] },
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ReportedMessage) },
  refusals: ['invalid-cursor'],
})

export const decideMessage = route({
  name: 'decideMessage',
  summary: { zh: '处理被举报的消息：隐藏或保留', en: 'Decide on a reported message: hide it, or leave it' },
  tag: 'messages',
  function: 'messages',
  who: { anyOf: ['platform:operator'] },
  params: messageParams,
  /** `waitingSince`: as the list told it; null for a message that does not wait. */
  body: z.strictObject({ hide: z.boolean(), reason: MessageReason, waitingSince: z.nullable(Instant) }),
  answer: { status: 200, body: z.strictObject({ hidden: z.boolean() }) },
  refusals: ['not-found', 'another-operator-needed', 'version-conflict', 'busy', 'outcome-unknown'],
})
