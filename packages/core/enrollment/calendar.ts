import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import ical, { ICalEventStatus } from 'ical-generator'

const kinds = {
  classroom: '课堂 Classroom',
  practice: '实操 Practice',
  live: '直播 Live',
  video: '视频 Video',
  assessment: '考核 Assessment',
}

/**
 * An iCalendar (RFC 5545) of enrollments: an event per meeting, in UTC, with venue and room; those given up or cancelled are left out.
 * Holds no personal data. `href` is where a person reads more.
 */
export function calendarOf(items: readonly LearningItem[], href: string): string {
  const calendar = ical({
    name: '我的学习 My learning',
    prodId: { company: 'skills-supermarket', product: 'calendar', language: 'ZH' },
    ttl: 3600,
  })
  for (const { enrollment, run, title, venue, providerName, phase } of items) {
    if (phase === 'cancelled') continue
    run.meetings.forEach((meeting, index) => {
      calendar.createEvent({
        id: meeting.id,
        start: new Date(meeting.startsAt),
        end: new Date(meeting.endsAt),
        stamp: new Date(enrollment.claimedAt),
        summary: `${title.zh}（${index + 1}/${run.meetings.length}）`,
        description: `${title.en}\n${kinds[meeting.kind]}\n${providerName.zh} ${providerName.en}`,
        location: venue === null ? null : [venue.name.zh, meeting.room, venue.address.zh].filter(Boolean).join(' '),
        status: ICalEventStatus.CONFIRMED,
        url: href,
      })
    })
  }
  return calendar.toString()
}
