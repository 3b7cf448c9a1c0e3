import { courseStates, type Course, type CourseState } from '@skills/contract/catalog.ts'
import { expect, test } from 'vitest'
import { stepCourse } from './course.ts'

const legal = new Set(['draft published', 'published withdrawn', 'withdrawn published'])

test('a course is published, withdrawn and published again; every other step is refused with what is allowed', () => {
  for (const from of courseStates) {
    for (const to of courseStates) {
      const course = { state: from as CourseState } as Course
      if (legal.has(`${from} ${to}`)) expect(stepCourse(course, to).state).toBe(to)
      else
        expect(() => stepCourse(course, to)).toThrow(
          expect.objectContaining({
            code: 'illegal-transition',
            members: { current: from, allowed: [from === 'published' ? 'withdrawn' : 'published'] },
          }) as Error,
        )
    }
  }
})
