import type { Meeting, Run, Venue } from '@skills/contract/catalog.ts'
import type { Notice } from '@skills/contract/people.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import type { OutboxEvent } from '../outbox.ts'
import { bodies } from './bodies.ts'
import { hrefs } from './hrefs.ts'
import type { Mail } from './send-mail.ts'
import type { Said } from './said.ts'
import { smsSentence } from './sms-sentence.ts'
import { titles } from './titles.ts'

export type Occasion = OutboxEvent['type']

/** What a notice tells of a run. No word of it is personal. */
export interface NoticeSubject {
  run: Pick<Run, 'id' | 'courseId' | 'meetings'>
  title: Text
  providerName: Text
  venue: Venue | null
  said?: Omit<Said, 'begun'>
}

/** The subject of what concerns no run: its sentences name none. */
export const noRun: NoticeSubject = {
  run: { id: '', courseId: '', meetings: [] },
  title: { zh: '', en: '' },
  providerName: { zh: '', en: '' },
  venue: null,
}

/** The notice for an occasion: title, body and where to read on, in both languages, without personal data. */
export function noticeOf(occasion: Occasion, subject: NoticeSubject): Omit<Notice, 'id' | 'at'> {
  const course = { zh: `“${subject.title.zh}”（${subject.providerName.zh}）`, en: `"${subject.title.en}" (${subject.providerName.en})` }
  const { when, said } = nextOf(occasion, subject)
  const body = bodies[occasion](course, when, said)
  return { title: titles[occasion], body, href: hrefs[occasion]?.(subject.run, subject.said ?? {}) ?? '/learning/' }
}

/** The same as a text message, in Chinese, with the sender's name as carriers want it. */
export function smsOf(occasion: Occasion, subject: NoticeSubject): string {
  const { when, said } = nextOf(occasion, subject)
  return `【技能培训超市】${smsSentence(occasion, `“${subject.title.zh}”`, when.zh, said)}`
}

/** The same as a mail in both languages, with the address to read on at and to choose otherwise. No word of it is personal. */
export function mailOf(occasion: Occasion, subject: NoticeSubject, publicUrl: string): Mail {
  const { title, body, href } = noticeOf(occasion, subject)
  const links = (language: '' | '/en', read: string, choose: string) => [
    `${read}${publicUrl}${language}${href ?? '/notices/'}`,
    `${choose}${publicUrl}${language}/notices/#choices`,
  ]
  return {
    subject: `【技能培训超市】${title.zh} · ${title.en}`,
    text: [body.zh, ...links('', '查看：', '不想收邮件：'), '', body.en, ...links('/en', 'Read on: ', 'Fewer mails: ')].join('\n'),
  }
}

/** When and where to go next, as it was when it happened: of a run that had begun then, a change tells what was still ahead. */
function nextOf(occasion: Occasion, subject: NoticeSubject): { when: Text; said: Said } {
  const { at } = subject.said ?? {}
  const begun = at !== undefined && subject.run.meetings.some(({ startsAt }) => startsAt <= at)
  const next = begun && occasion === 'run-changed' ? { ...subject, run: ahead(subject.run, at) } : subject
  return { when: whenAndWhere(next), said: { ...subject.said, begun } }
}

/** A run with the meetings that had not begun at an instant. */
const ahead = (run: NoticeSubject['run'], at: string): NoticeSubject['run'] => ({
  ...run,
  meetings: run.meetings.filter(({ startsAt }) => startsAt > at),
})

function whenAndWhere({ run, venue }: NoticeSubject): Text {
  const first = run.meetings.reduce((a: Meeting | undefined, b) => (a === undefined || b.startsAt < a.startsAt ? b : a), undefined)
  if (first === undefined) return { zh: '时间另行通知', en: 'at a time still to be told' }
  const time = `${dateAt(first.startsAt)} ${clockAt(first.startsAt)}`
  if (venue === null) return { zh: `${time}，线上`, en: `${time}, online` }
  const room = first.room === null ? '' : ` ${first.room}`
  return { zh: `${time}，${venue.name.zh}${room}（${venue.address.zh}）`, en: `${time}, ${venue.name.en}${room} (${venue.address.en})` }
}
