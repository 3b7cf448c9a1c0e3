import { describe, expect, it } from 'vitest'
import { quietEnd } from './quiet-hours.ts'
import { soonestMoved } from './soonest-moved.ts'
import { urgency } from './urgency.ts'

/** An instant of Beijing's clock on a day of December 2026. */
const at = (day: number, clock: string) => new Date(`2026-12-${String(day).padStart(2, '0')}T${clock}:00.000+08:00`).toISOString()
const night = { from: '22:00', to: '08:00' }

describe('quiet hours', () => {
  it.each([
    ['21:59', undefined],
    ['22:00', at(2, '08:00')],
    ['23:59', at(2, '08:00')],
    ['00:00', at(1, '08:00')],
    ['07:59', at(1, '08:00')],
    ['08:00', undefined],
    ['12:00', undefined],
  ])('go past midnight, by Beijing: %s', (clock, end) => {
    expect(quietEnd(night, at(1, clock))).toBe(end)
  })
  it('may lie within a day, and may be none', () => {
    const noon = { from: '12:00', to: '14:30' }
    expect([at(1, '11:59'), at(1, '12:00'), at(1, '14:29'), at(1, '14:30')].map((now) => quietEnd(noon, now))).toEqual([
      undefined,
      at(1, '14:30'),
      at(1, '14:30'),
      undefined,
    ])
    expect(quietEnd(null, at(1, '03:00'))).toBeUndefined()
  })
})

describe('what goes out at night', () => {
  const now = at(1, '23:00')
  const end = at(2, '08:00')
  const judge = (occasion: Parameters<typeof urgency>[0]['occasion'], meetings: string[], until?: string) =>
    urgency({ occasion, meetings, until }, now, end)
  it('is a meeting of today or of the next twelve hours that was cancelled or moved', () => {
    expect(judge('run-cancelled', [at(2, '09:00')])).toBe('soon')
    expect(judge('run-changed', [at(2, '11:00')])).toBe('soon')
    expect(judge('run-changed', [at(2, '11:01')])).toBeUndefined()
    expect(urgency({ occasion: 'run-cancelled', meetings: [at(2, '23:30')] }, at(2, '06:00'), end)).toBe('soon')
    expect(judge('run-cancelled', [at(1, '18:00'), at(5, '18:00')])).toBeUndefined()
  })
  it('is something to answer before the night is over, or within an hour of its end', () => {
    expect(judge('seat-offered', [], at(2, '07:00'))).toBe('deadline')
    expect(judge('assignment-asked', [], at(2, '09:00'))).toBe('deadline')
    expect(judge('seat-offered', [], at(2, '09:01'))).toBeUndefined()
  })
  it('is nothing else', () => {
    expect(judge('seat-claimed', [at(2, '08:30')])).toBeUndefined()
    expect(judge('money-returned', [at(2, '08:30')])).toBeUndefined()
  })
})

describe('the first meeting that a change touches', () => {
  const meeting = (id: string, startsAt: string, room = '201') => ({
    id,
    startsAt,
    endsAt: startsAt,
    kind: 'classroom' as const,
    venueId: null,
    room,
  })
  const run = (...meetings: ReturnType<typeof meeting>[]) => ({ meetings }) as unknown as Parameters<typeof soonestMoved>[0]
  it('is the one that was moved away, where that is sooner', () => {
    const [one, two] = [meeting('a', at(1, '18:00')), meeting('b', at(9, '18:00'))]
    expect(soonestMoved(run(one, two), run(meeting('a', at(8, '18:00')), two), at(1, '09:00'))).toBe(at(1, '18:00'))
    expect(soonestMoved(run(one, two), run(one, meeting('b', at(9, '18:00'), '305')), at(1, '09:00'))).toBe(at(9, '18:00'))
    expect(soonestMoved(run(one, two), run(one, two), at(2, '09:00'))).toBe(at(9, '18:00'))
    expect(soonestMoved(run(one), run(one), at(2, '09:00'))).toBeUndefined()
  })
})
