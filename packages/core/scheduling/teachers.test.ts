import { expect, test } from 'vitest'
import type { Assignment } from './crew.ts'
import { teachersMoved, teachersSaid } from './teachers.ts'

const crew = (...who: string[]) => ({
  assignments: who.map((text) => {
    const [meetingId, instructorId, state = 'accepted'] = text.split(' ')
    return { meetingId, instructorId, state } as Assignment
  }),
})

test('an entry names who came to teach which meeting and who left, and nobody who was only asked', () => {
  expect(teachersMoved(undefined, crew('m1 a asked'))).toEqual([])
  expect(teachersMoved(crew('m1 a asked', 'm2 a asked'), crew('m1 a', 'm2 a asked'))).toEqual(['+m1 a'])
  expect(teachersMoved(crew('m1 a', 'm2 b asked'), crew())).toEqual(['-m1 a'])
  expect(teachersMoved(crew('m1 a', 'm2 a'), crew('m1 b', 'm2 a'))).toEqual(['-m1 a', '+m1 b'])
})

test('the chain alone says who teaches a meeting, and when somebody left it last', () => {
  const chain = [
    { at: '1' },
    { at: '2', about: ['+m1 a', '+m2 a', '+m1 b'] },
    { at: '3', about: ['-m1 a'] },
    { at: '4', about: ['-m3 a', '-m2 a', '+m2 c'] },
  ]
  expect(teachersSaid(chain, 'm1')).toEqual({ teachers: ['b'], leftAt: '3' })
  expect(teachersSaid(chain, 'm2')).toEqual({ teachers: ['c'], leftAt: '4' })
  expect(teachersSaid(chain, 'm3')).toEqual({ teachers: [], leftAt: null })
})
