import type { Exception, Instructor, Qualification, WeeklyWindow } from '@skills/contract/instructor.ts'
import { instantOf } from '@skills/contract/time.ts'
import { describe, expect, it } from 'vitest'
import { available, notOffered, withExceptions } from './availability.ts'
import { cardOf, qualified, teachesIn } from './instructor.ts'

const qualification = (more: Partial<Qualification>): Qualification => ({
  id: 'qua_01KAAAAAAAAAAAAAAAAAAAAAAA',
  trade: 'low-voltage-electrician',
  level: 'level-3',
  proof: '省人社厅证书，可在官网查询',
  fileId: null,
  until: '2026-12-31',
  state: 'verified',
  claimedAt: '2026-01-01T00:00:00.000Z',
  decidedAt: '2026-01-02T00:00:00.000Z',
  reason: null,
  ...more,
})
const has = (...qualifications: Qualification[]) => ({ qualifications })
const demand = { trade: 'low-voltage-electrician', level: 'level-4' as const, on: '2026-12-31' }

describe('qualified', () => {
  it('is who has the trade, verified, at least of the level, on that day', () => {
    expect(qualified(has(qualification({})), demand)).toBe(true)
    expect(qualified(has(qualification({})), { ...demand, level: 'level-3' })).toBe(true)
    expect(qualified(has(qualification({})), { ...demand, level: null })).toBe(true)
    expect(qualified(has(qualification({ until: null })), { ...demand, on: '2099-01-01' })).toBe(true)
  })
  it('is not who has it of another trade, below, unverified, or until the day before', () => {
    expect(qualified(has(qualification({ trade: 'cook' })), demand)).toBe(false)
    expect(qualified(has(qualification({})), { ...demand, level: 'level-2' })).toBe(false)
    expect(qualified(has(qualification({ level: null })), demand)).toBe(false)
    for (const state of ['claimed', 'refused'] as const) expect(qualified(has(qualification({ state })), demand)).toBe(false)
    expect(qualified(has(qualification({})), { ...demand, on: '2027-01-01' })).toBe(false)
  })
  it('is everybody for a course of no trade', () => expect(qualified(has(), { ...demand, trade: null })).toBe(true))
})

describe('where she teaches', () => {
  it('is a city, or a province with all in it', () => {
    expect(teachesIn({ regions: ['460100'] }, '460100')).toBe(true)
    expect(teachesIn({ regions: ['460100'] }, '460200')).toBe(false)
    expect(teachesIn({ regions: ['460000'] }, '469005')).toBe(true)
    expect(teachesIn({ regions: ['460000'] }, '440100')).toBe(false)
  })
})

describe('available', () => {
  const evenings: WeeklyWindow[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '18:00', to: '21:00' }))
  const at = (date: string, from: string, to: string) => [instantOf(date, from), instantOf(date, to)] as const
  const exception = (kind: Exception['kind'], date: string, from: string, to: string): Exception => ({
    kind,
    source: 'own',
    from: instantOf(date, from),
    to: instantOf(date, to),
  })
  const hours = (...exceptions: Exception[]) => ({ windows: evenings, exceptions })

  it('is inside the weekly windows, on the clock of Beijing', () => {
    expect(available(hours(), ...at('2026-12-04', '18:00', '21:00'))).toBe(true)
    expect(available(hours(), ...at('2026-12-04', '17:59', '19:00'))).toBe(false)
    expect(available(hours(), ...at('2026-12-05', '18:00', '20:00'))).toBe(false)
    expect(notOffered({ windows: [], exceptions: [] }, ...at('2026-12-04', '18:00', '20:00'))).toEqual({ kind: 'outside-hours' })
  })
  it('is wider by a free exception that touches, and narrower by a busy one', () => {
    expect(available(hours(exception('free', '2026-12-04', '21:00', '22:00')), ...at('2026-12-04', '19:00', '22:00'))).toBe(true)
    expect(available(hours(exception('free', '2026-12-05', '09:00', '12:00')), ...at('2026-12-05', '09:00', '12:00'))).toBe(true)
    expect(available(hours(exception('free', '2026-12-04', '21:01', '22:00')), ...at('2026-12-04', '19:00', '22:00'))).toBe(false)
    const busy = exception('busy', '2026-12-04', '19:00', '19:30')
    expect(notOffered(hours(busy), ...at('2026-12-04', '18:00', '20:00'))).toEqual({ kind: 'busy', from: busy.from, to: busy.to })
    expect(available(hours(busy), ...at('2026-12-04', '19:30', '21:00'))).toBe(true)
  })
  it('goes over midnight where two days meet', () => {
    const nights: WeeklyWindow[] = [
      { weekday: 5, from: '20:00', to: '24:00' },
      { weekday: 6, from: '00:00', to: '02:00' },
    ]
    const night = [instantOf('2026-12-04', '22:00'), instantOf('2026-12-05', '01:00')] as const
    expect(available({ windows: nights, exceptions: [] }, ...night)).toBe(true)
    expect(available({ windows: nights.slice(0, 1), exceptions: [] }, ...night)).toBe(false)
  })
  it('forgets what is over, and what the same source said before', () => {
    const [old, kept, next] = [
      exception('busy', '2026-12-01', '18:00', '19:00'),
      exception('busy', '2026-12-08', '18:00', '19:00'),
      { ...exception('busy', '2026-12-07', '18:00', '19:00'), source: 'calendar' as const },
    ]
    expect(withExceptions([old, kept], 'calendar', [next], instantOf('2026-12-02', '00:00'))).toEqual([next, kept])
    expect(withExceptions([next, kept], 'calendar', [], instantOf('2026-12-02', '00:00'))).toEqual([kept])
  })
})

describe('the card that providers see', () => {
  it('shows what is verified and has not expired, and nothing of her hours or her cap', () => {
    const instructor: Instructor = {
      id: 'ins_01KAAAAAAAAAAAAAAAAAAAAAAA',
      name: { zh: '陈师傅', en: 'Master Chen' },
      about: { zh: '电工', en: 'Electrician' },
      kinds: ['craftsman'],
      regions: ['460100'],
      baseRegion: '460100',
      weeklyMinutes: 600,
      feeFenPerHour: 20_000,
      languages: ['zh'],
      listed: true,
      qualifications: [qualification({}), qualification({ trade: 'cook', state: 'claimed' }), qualification({ until: '2026-11-30' })],
      windows: [],
      exceptions: [],
    }
    const card = cardOf(instructor, '2026-12-01')
    const id = instructor.qualifications[0]?.id
    expect(card.qualifications).toEqual([{ id, trade: 'low-voltage-electrician', level: 'level-3', until: '2026-12-31' }])
    expect(Object.keys(card)).not.toEqual(expect.arrayContaining(['weeklyMinutes']))
    expect(JSON.stringify(card)).not.toMatch(/proof|windows|exceptions|weeklyMinutes/)
  })
})
