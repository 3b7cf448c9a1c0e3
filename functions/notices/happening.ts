import type { Run } from '@skills/contract/catalog.ts'
import type { Happening } from '@skills/core/notices/urgency.ts'
import type { NoticeSubject } from '@skills/core/notices/notice.ts'
import type { OutboxEvent } from '@skills/core/outbox.ts'

/** What decides whether an event may disturb a night: the meetings it is about, and until when somebody must act. */
export function happening(event: OutboxEvent, run: Pick<Run, 'meetings'>): Happening {
  const meetings =
    'from' in event
      ? [event.from]
      : event.type === 'run-changed'
        ? // What was moved away stands in the event only. An older event does not say it: then all meetings count.
          event.soonest === undefined
          ? run.meetings.map(({ startsAt }) => startsAt)
          : [event.soonest]
        : run.meetings.map(({ startsAt }) => startsAt)
  return { occasion: event.type, meetings, until: 'until' in event ? event.until : undefined }
}

/** What an event itself says beyond whom and what it is about. */
export function saidBy(event: OutboxEvent): NonNullable<NoticeSubject['said']> {
  return {
    ...('fen' in event ? { fen: event.fen } : {}),
    ...('until' in event ? { until: event.until } : {}),
    ...('from' in event ? { from: event.from } : {}),
    ...('granted' in event ? { granted: event.granted } : {}),
    ...('threadId' in event ? { threadId: event.threadId } : {}),
    ...('href' in event ? { href: event.href } : {}),
    ...(event.type === 'rating-asked' ? { enrollmentId: event.enrollmentId } : {}),
  }
}
