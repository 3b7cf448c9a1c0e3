import { describe, expect, it } from 'vitest'
import { similarCourses, similarRuns } from './similar.ts'

const course = (zh: string, more: object = {}) =>
  ({ id: `crs_${zh}`, title: { zh, en: zh }, trade: 'cook', level: null, state: 'published', ...more }) as Parameters<
    typeof similarCourses
  >[1][number]

describe('courses that look like the same offer', () => {
  it('share trade and level and nearly the title', () => {
    const mine = course('低压电工作业安全技术培训')
    const found = (other: typeof mine) => similarCourses(mine, [other]).length === 1
    expect(found(course('低压电工作业 安全技术培训班'))).toBe(true)
    expect(found(course('低压电工作业安全技术培训', { id: 'crs_2' }))).toBe(true)
    expect(found(course('低压电工作业安全技术培训班', { trade: 'barista' }))).toBe(false)
    expect(found(course('低压电工作业安全技术培训班', { state: 'withdrawn' }))).toBe(false)
    expect(found(course('高压电工入门'))).toBe(false)
    expect(found(mine)).toBe(false)
  })
})

describe('runs that look like one entered twice', () => {
  const run = (id: string, hours: string[], more: object = {}) =>
    ({
      ...{ id, courseId: 'crs_1', state: 'draft', venueId: 'ven_1' },
      meetings: hours.map((hour) => ({ startsAt: `2026-12-${hour}:00:00.000Z`, endsAt: `2026-12-${hour}:59:00.000Z`, venueId: 'ven_1' })),
      ...more,
    }) as unknown as Parameters<typeof similarRuns>[0]
  it('meet at the same hours in the same venue', () => {
    const mine = run('run_1', ['01T10', '02T10', '03T10', '04T10'])
    const found = (other: typeof mine) => similarRuns(mine, [other]).length === 1
    expect(found(run('run_2', ['01T10', '02T10', '08T10', '09T10']))).toBe(true)
    expect(found(run('run_2', ['01T01', '02T01', '03T01', '04T01']))).toBe(true)
    expect(found(run('run_2', ['08T10', '09T10']))).toBe(false)
    expect(found(run('run_2', ['01T10', '02T10'], { state: 'cancelled' }))).toBe(false)
    expect(found(run('run_2', ['01T10', '02T10'], { courseId: 'crs_2' }))).toBe(false)
  })
})
