import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { Groups, NoticeLine, NoticeSettings, Quiet } from './notices.ts'
import { PageQuery } from './page.ts'
import { route } from './route.ts'
import { Instant } from './time.ts'

const unread = z.int().check(z.minimum(0), z.maximum(99))

export const listNotices = route({
  name: 'listNotices',
  summary: { zh: '我的通知，新的在前', en: 'My notices, newest first' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: z.strictObject({ notices: z.array(NoticeLine), next: z.nullable(z.string()) }) },
  refusals: ['invalid-cursor'],
})

export const countUnread = route({
  name: 'countUnread',
  summary: { zh: '最近的通知里有几条未读', en: 'How many of my latest notices are unread' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  /** Among the latest 99. */
  answer: { status: 200, body: z.strictObject({ unread }) },
  refusals: [],
})

/** Reading twice is reading once, so no key is asked for. */
export const readNotices = route({
  name: 'readNotices',
  summary: { zh: '把通知标为已读', en: 'Mark notices as read' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  body: z.strictObject({ noticeIds: z.array(idOf('notice')).check(z.minLength(1), z.maxLength(100)) }),
  answer: { status: 200, body: z.strictObject({ unread }) },
  refusals: [],
  idempotency: 'none',
})

export const getNoticeSettings = route({
  name: 'getNoticeSettings',
  summary: { zh: '我的通知设置', en: 'How I want to be told' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  answer: { status: 200, body: NoticeSettings },
  refusals: [],
})

export const saveNoticeSettings = route({
  name: 'saveNoticeSettings',
  summary: { zh: '保存通知设置', en: 'Save how I want to be told' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  /** `version` is that of the settings that were looked at; `quiet: null` switches quiet hours off. */
  body: z.strictObject({ version: z.int().check(z.minimum(0)), groups: Groups, quiet: z.nullable(Quiet) }),
  answer: { status: 200, body: NoticeSettings },
  refusals: ['validation-failed', 'version-conflict', 'busy', 'outcome-unknown'],
})

export const askMail = route({
  name: 'askMail',
  summary: { zh: '登记邮箱：发一个验证码过去', en: 'Give a mail address: a code is sent there' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  body: z.strictObject({ address: z.string().check(z.maxLength(300)) }),
  answer: { status: 201, body: z.strictObject({ until: Instant }) },
  refusals: ['mail-not-agreed', 'mail-not-offered', 'validation-failed', 'rate-limited', 'busy', 'outcome-unknown'],
})

export const confirmMail = route({
  name: 'confirmMail',
  summary: { zh: '用验证码确认邮箱', en: 'Confirm the address with the code' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  body: z.strictObject({ code: z.string().check(z.regex(/^\s*\d{6}\s*$/)) }),
  answer: { status: 200, body: NoticeSettings },
  refusals: ['mail-code-wrong', 'mail-code-over', 'busy', 'outcome-unknown'],
})

export const dropMail = route({
  name: 'dropMail',
  summary: { zh: '删除我的邮箱', en: 'Take my mail address away' },
  tag: 'notices',
  function: 'notices',
  who: 'person',
  answer: { status: 200, body: NoticeSettings },
  refusals: ['busy', 'outcome-unknown'],
})
