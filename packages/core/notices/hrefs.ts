import type { Run } from '@skills/contract/catalog.ts'
import type { Said } from './said.ts'
import type { Occasion } from './notice.ts'

/** Where to read on, where that is not My learning. */
export const hrefs: Partial<Record<Occasion, (run: Pick<Run, 'id' | 'courseId'>, said: Said) => string>> = {
  'run-cancelled': (run) => `/courses/${run.courseId}/`,
  'run-merged': (run) => `/courses/${run.courseId}/`,
  'hold-lapsed': (run) => `/courses/${run.courseId}/`,
  'offer-ended': (run) => `/courses/${run.courseId}/`,
  'waiting-skipped': (run) => `/courses/${run.courseId}/`,
  'group-offered': () => '/console/',
  'waiting-closed': (run) => `/courses/${run.courseId}/`,
  'seat-offered': (run) => `/claim/?run=${run.id}`,
  'review-decided': (run) => `/claim/?run=${run.id}`,
  'assignment-asked': () => '/console/instructor/',
  'assignment-withdrawn': () => '/console/instructor/',
  'assignment-moved': () => '/console/instructor/',
  'assignment-answered': () => '/console/provider/',
  'assignment-lapsed': () => '/console/provider/',
  'instructor-ill': () => '/console/provider/',
  'instructor-unqualified': () => '/console/provider/',
  'instructor-missing': () => '/console/provider/',
  'money-returned': () => '/orders/',
  'paid-without-seat': () => '/orders/',
  'refund-failed': () => '/orders/',
  'force-majeure': () => '/orders/',
  'group-refund-failed': () => '/console/employer/',
  'group-force-majeure': () => '/console/employer/',
  'rating-asked': (_, { enrollmentId }) => `/learning/rate/?enrollment=${enrollmentId ?? ''}`,
  'run-announced': (run) => `/messages/?run=${run.id}`,
  'question-asked': (_, { threadId }) => `/messages/?thread=${threadId ?? ''}`,
  'question-answered': (_, { threadId }) => `/messages/?thread=${threadId ?? ''}`,
  'case-news': (_, { href }) => href ?? '/notices/',
}
