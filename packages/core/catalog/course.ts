import type { Course, CourseState } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'

const steps: Record<CourseState, readonly CourseState[]> = { draft: ['published'], published: ['withdrawn'], withdrawn: ['published'] }

/** The states a course can go to from a state. */
function allowedCourseSteps(state: CourseState): readonly CourseState[] {
  return steps[state]
}

/** The course after a step. Refuses `illegal-transition` with the state it is in and the states it can go to. */
export function stepCourse(course: Course, to: CourseState): Course {
  const allowed = allowedCourseSteps(course.state)
  if (!allowed.includes(to)) throw new Refusal('illegal-transition', { current: course.state, allowed })
  return { ...course, state: to }
}
