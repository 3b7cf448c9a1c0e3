import type { CourseState } from '@skills/contract/catalog.ts'
import { registrationAt } from './run.ts'
import type { RunItem } from './run-item.ts'

/** A run as it is offered: with the state of its course, because the runs of a withdrawn course take no more claims. */
export interface Offer extends RunItem {
  courseState: CourseState
}

/** Where registration for an offer stands: as for its run, but a withdrawn course closes what would be open. */
export function offerRegistrationAt(
  { run, courseState }: Pick<Offer, 'run' | 'courseState'>,
  now: string,
): ReturnType<typeof registrationAt> {
  const registration = registrationAt(run, now)
  return registration === 'open' && courseState === 'withdrawn' ? 'closed' : registration
}
