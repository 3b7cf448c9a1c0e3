import type { CourseState } from '@skills/contract/catalog.ts'
import type { RunItem } from './run-item.ts'

/** A run as it is offered: with the state of its course, because the runs of a withdrawn course take no more claims. */
export interface Offer extends RunItem {
  courseState: CourseState
}
