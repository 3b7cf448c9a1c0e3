import type { Meeting, Run, Venue } from '@skills/contract/catalog.ts'
import type { Notice } from '@skills/contract/people.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import type { OutboxEvent } from '../outbox.ts'

export type Occasion = OutboxEvent['type']

/** What a notice tells of a run. No word of it is personal. */
export interface NoticeSubject {
  run: Run
  title: Text
  providerName: Text
  venue: Venue | null
}

const titles: Record<Occasion, Text> = {
  'seat-claimed': { zh: '报名成功', en: 'You have a seat' },
  'seat-given-back': { zh: '已退出', en: 'Your seat was given back' },
  'run-cancelled': { zh: '这一期已取消', en: 'This run was cancelled' },
  'run-changed': { zh: '上课时间或地点有变化', en: 'Time or place has changed' },
}

const bodies: Record<Occasion, (course: Text, when: Text) => Text> = {
  'seat-claimed': (course, when) => ({
    zh: `您已报名${course.zh}，首次上课：${when.zh}。请带好身份证件，提前到场。`,
    en: `You have a seat in ${course.en}. First meeting: ${when.en}. Bring your ID card and come a little early.`,
  }),
  'seat-given-back': (course, when) => ({
    zh: `您已退出${course.zh}（原定 ${when.zh}），名额已归还。改变主意时，还有名额就可以再报名。`,
    en: `You gave back your seat in ${course.en} (it was to begin ${when.en}). While seats are free you can claim one again.`,
  }),
  'run-cancelled': (course, when) => ({
    zh: `很抱歉，培训机构取消了${course.zh}（原定 ${when.zh}）。请不要前往，可以看看这门课的其他期。`,
    en: `We are sorry: the provider cancelled ${course.en} (it was to begin ${when.en}). Please do not go there; look at other runs of the course.`,
  }),
  'run-changed': (course, when) => ({
    zh: `您报名的${course.zh}调整了上课时间或地点。现在的首次上课：${when.zh}。全部安排请看“我的学习”；不能参加时，可以在截止时间前退出。`,
    en: `Times or place of ${course.en} have changed. The first meeting is now: ${when.en}. All meetings stand in My learning; if you cannot come, you can give your seat back until the time limit.`,
  }),
}

/** The notice for an occasion: title, body and where to read on, in both languages, without personal data. */
export function noticeOf(occasion: Occasion, subject: NoticeSubject): Omit<Notice, 'id' | 'at'> {
  const course = { zh: `“${subject.title.zh}”（${subject.providerName.zh}）`, en: `"${subject.title.en}" (${subject.providerName.en})` }
  const body = bodies[occasion](course, whenAndWhere(subject))
  return { title: titles[occasion], body, href: occasion === 'run-cancelled' ? `/courses/${subject.run.courseId}/` : '/learning/' }
}

/** The same as a text message, in Chinese, with the sender's name as carriers want it. */
export function smsOf(occasion: Occasion, subject: NoticeSubject): string {
  const when = whenAndWhere(subject).zh
  const course = `“${subject.title.zh}”`
  const sentence: Record<Occasion, string> = {
    'seat-claimed': `您已报名${course}，首次上课：${when}。`,
    'seat-given-back': `您已退出${course}，名额已归还。`,
    'run-cancelled': `很抱歉，${course}（原定 ${when}）已取消，请不要前往。`,
    'run-changed': `${course}的上课时间或地点有变化，现在的首次上课：${when}。`,
  }
  return `【技能培训超市】${sentence[occasion]}`
}

function whenAndWhere({ run, venue }: NoticeSubject): Text {
  const first = run.meetings.reduce((a: Meeting | undefined, b) => (a === undefined || b.startsAt < a.startsAt ? b : a), undefined)
  if (first === undefined) return { zh: '时间另行通知', en: 'at a time still to be told' }
  const time = `${dateAt(first.startsAt)} ${clockAt(first.startsAt)}`
  if (venue === null) return { zh: `${time}，线上`, en: `${time}, online` }
  const room = first.room === null ? '' : ` ${first.room}`
  return { zh: `${time}，${venue.name.zh}${room}（${venue.address.zh}）`, en: `${time}, ${venue.name.en}${room} (${venue.address.en})` }
}
