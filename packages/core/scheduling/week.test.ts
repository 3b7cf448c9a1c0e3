import { describe, expect, it } from 'vitest'
import { clashOf, mondayOf, mondaysOf, standing, weeksHolding, type Booking, type Place } from './week.ts'

const haikou: Place = { venueId: 'ven_H', region: '460100' }
const sanya: Place = { venueId: 'ven_S', region: '460200' }
const booking = (id: string, from: string, to: string, place: Place | null = haikou): Booking => ({
  id,
  meetingId: `mtg_${id}`,
  runId: 'run_1',
  providerId: 'prv_1',
  from: `2026-12-${from}:00.000Z`,
  to: `2026-12-${to}:00.000Z`,
  place,
  state: 'booked',
  until: null,
})

describe('a week', () => {
  it('begins on Monday, in Beijing', () => {
    expect(mondayOf('2026-12-06T15:59:00.000Z')).toBe('2026-11-30')
    expect(mondayOf('2026-12-06T16:00:00.000Z')).toBe('2026-12-07')
  })
  it('holds a night meeting in both weeks, and one that ends at midnight only in its own', () => {
    expect(weeksHolding({ from: '2026-12-06T14:00:00.000Z', to: '2026-12-06T18:00:00.000Z' })).toEqual(['2026-11-30', '2026-12-07'])
    expect(weeksHolding({ from: '2026-12-06T14:00:00.000Z', to: '2026-12-06T16:00:00.000Z' })).toEqual(['2026-11-30'])
  })
  it('is one of as many as a plan spans, and never one of endlessly many', () => {
    expect(mondaysOf('2026-12-06T16:00:00.000Z', '2028-12-06T16:00:00.000Z')).toHaveLength(105)
    expect(() => mondaysOf('0001-01-01T00:00:00.000Z', '9998-01-01T00:00:00.000Z')).toThrow(RangeError)
    expect(() => mondaysOf('9999-12-28T00:00:00.000Z', '9999-12-28T02:00:00.000Z')).toThrow(RangeError)
  })
  it('forgets a request that nobody answered', () => {
    const asked: Booking = { ...booking('a', '01T10:00', '01T12:00'), state: 'asked', until: '2026-12-01T00:00:00.000Z' }
    expect(standing(asked, '2026-11-30T23:59:59.999Z')).toBe(true)
    expect(standing(asked, '2026-12-01T00:00:00.000Z')).toBe(false)
  })
})

describe('a clash', () => {
  const taken = [booking('a', '01T10:00', '01T12:00')]
  it('is an overlap of a minute, not a touch', () => {
    expect(clashOf(taken, booking('b', '01T11:59', '01T13:00'), {})?.kind).toBe('overlap')
    expect(clashOf(taken, booking('b', '01T12:00', '01T13:00'), {})).toBeUndefined()
    expect(clashOf(taken, booking('a', '01T10:00', '01T12:00'), {})).toBeUndefined()
  })
  it('is a way that does not fit in between, in both directions', () => {
    const travel = (from: Place, to: Place) => (from.region === to.region ? 0 : 180)
    expect(clashOf(taken, booking('b', '01T14:59', '01T16:00', sanya), { travel })).toMatchObject({ kind: 'travel', minutes: 180 })
    expect(clashOf(taken, booking('b', '01T15:00', '01T16:00', sanya), { travel })).toBeUndefined()
    expect(clashOf(taken, booking('b', '01T06:00', '01T07:01', sanya), { travel })?.kind).toBe('travel')
    expect(clashOf(taken, booking('b', '01T12:00', '01T13:00', null), { travel })).toBeUndefined()
  })
  it('is a week over its cap, counting only minutes of that week', () => {
    expect(clashOf(taken, booking('b', '03T10:00', '03T12:00'), { weeklyMinutes: 240 })).toBeUndefined()
    expect(clashOf(taken, booking('b', '03T10:00', '03T12:01'), { weeklyMinutes: 240 })).toEqual({
      kind: 'weekly-cap',
      minutes: 241,
      most: 240,
    })
    expect(clashOf(taken, booking('b', '06T14:00', '06T18:00'), { weeklyMinutes: 240 })).toBeUndefined()
    // It stands in both weeks that whoever asks has read.
    const night = booking('n', '06T14:00', '06T18:00')
    expect(clashOf([night, night], booking('b', '03T10:00', '03T12:00'), { weeklyMinutes: 240 })).toBeUndefined()
  })
})
