import type { TeachingItem } from '@skills/contract/instructor.ts'
import ical, { ICalEventStatus } from 'ical-generator'

/**
 * An iCalendar (RFC 5545) of what somebody teaches: an event per meeting, in UTC, with venue and room; requests that wait for an answer are tentative, cancelled runs left out. Holds
 * nothing of learners and no fees. `href` is where she answers.
 */
export function teachingCalendar(teaching: readonly TeachingItem[], href: string): string {
  const calendar = ical({
    name: '我的授课 My teaching',
    prodId: { company: 'skills-supermarket', product: 'teaching', language: 'ZH' },
    ttl: 3600,
  })
  for (const { title, runName, providerName, cancelled, meetings } of teaching) {
    if (cancelled) continue
    for (const { bookingId, startsAt, endsAt, state, venue, room } of meetings) {
      const asked = state === 'asked'
      calendar.createEvent({
        id: bookingId,
        start: new Date(startsAt),
        end: new Date(endsAt),
        stamp: new Date(startsAt),
        summary: `${asked ? '待答复 · ' : ''}${title.zh}`,
        description: `${title.en}\n${runName.zh}\n${providerName.zh} ${providerName.en}`,
        location: venue === null ? null : [venue.name.zh, room, venue.address.zh].filter(Boolean).join(' '),
        status: asked ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
        url: href,
      })
    }
  }
  return calendar.toString()
}
