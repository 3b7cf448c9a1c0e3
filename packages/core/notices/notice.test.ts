import type { Run } from '@skills/contract/catalog.ts'
import { describe, expect, it } from 'vitest'
import { noticeOf, smsOf, type NoticeSubject, type Occasion } from './notice.ts'

const meeting = (startsAt: string) => ({
  id: 'mtg_1',
  startsAt,
  endsAt: startsAt,
  kind: 'classroom' as const,
  venueId: 'ven_1',
  room: '201',
})
const text = (zh: string, en: string) => ({ zh, en })
const subject = {
  run: { courseId: 'crs_1', meetings: [meeting('2026-12-21T10:30:00.000Z'), meeting('2026-12-20T10:30:00.000Z')] } as unknown as Run,
  title: text('低压电工作业', 'Low-voltage electrical work'),
  providerName: text('琼州技校', 'Qiongzhou School'),
  venue: {
    name: text('龙华校区', 'Longhua campus'),
    address: text('海口市龙华路 1 号', '1 Longhua Road, Haikou'),
  } as NoticeSubject['venue'],
}

describe('a notice', () => {
  it('tells course, first meeting in local time, and place', () => {
    const { title, body } = noticeOf('seat-claimed', subject)
    expect(title.zh).toBe('报名成功')
    expect(body.zh).toContain('2026-12-20 18:30，龙华校区 201（海口市龙华路 1 号）')
    expect(body.en).toContain('2026-12-20 18:30, Longhua campus 201 (1 Longhua Road, Haikou)')
    expect(body.zh).toContain('低压电工作业')
  })
  it('of a changed run tells where and when it is now, and leads to what the person learns', () => {
    const { title, body, href } = noticeOf('run-changed', subject)
    expect([title.zh, href]).toEqual(['上课时间或地点有变化', '/learning/'])
    expect(body.zh).toContain('现在的首次上课：2026-12-20 18:30，龙华校区 201')
    expect(body.en).toContain('The first meeting is now: 2026-12-20 18:30, Longhua campus 201')
    expect(smsOf('run-changed', subject)).toContain('2026-12-20 18:30')
  })
  it('of a run that had begun tells the next meeting and what leaving gives back then, not a time limit that is over', () => {
    const { body } = noticeOf('run-changed', { ...subject, said: { at: '2026-12-20T12:00:00.000Z' } })
    expect(body.zh).toContain('接下来的课：2026-12-21 18:30')
    expect(body.en).toContain('at least the part that was not taught comes back')
    expect(body.en).not.toContain('until the time limit')
    const sms = smsOf('run-changed', { ...subject, said: { at: '2026-12-20T12:00:00.000Z' } })
    expect(sms).toContain('接下来的课：2026-12-21 18:30')
    expect(sms).not.toContain('首次')
    expect(noticeOf('run-changed', { ...subject, said: { at: '2026-12-20T10:00:00.000Z' } }).body.en).toContain('until the time limit')
  })
  it('says so when there is no place to go to', () => {
    expect(noticeOf('seat-claimed', { ...subject, venue: null }).body.zh).toContain('线上')
  })
  it.each<Occasion>(['seat-claimed', 'seat-given-back', 'run-cancelled', 'run-changed'])(
    'as a text message begins with the sender: %s',
    (occasion) => {
      expect(smsOf(occasion, subject)).toMatch(/^【技能培训超市】.*“低压电工作业”/)
    },
  )
})
