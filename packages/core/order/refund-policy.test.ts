import { describe, expect, it } from 'vitest'
import { explainPolicy, refundBand, refundDates, refundPercent, standardPolicy } from './refund-policy.ts'

// Saturday 12 December 2026, 09:00 in Shanghai. The working days before it: 11, 10, 9, 8, 7, 4, 3, 2 …
const first = '2026-12-12T01:00:00.000Z'
const shanghai = (date: string, clock: string) => new Date(Date.parse(`${date}T${clock}:00.000+08:00`)).toISOString()
const percent = (date: string, clock = '12:00') => refundPercent(standardPolicy, shanghai(date, clock), first)

describe('the standard policy', () => {
  it('gives all back from seven full working days before, half from three, nothing later', () => {
    expect(percent('2026-11-21')).toBe(100)
    expect(percent('2026-12-02', '23:59')).toBe(100)
    expect(percent('2026-12-03', '00:00')).toBe(50)
    expect(percent('2026-12-08', '23:59')).toBe(50)
    expect(percent('2026-12-09', '00:00')).toBe(0)
    expect(percent('2026-12-12', '08:59')).toBe(0)
  })
  it('shows the last day of each band', () => {
    expect(refundDates(standardPolicy, first)).toEqual([
      { until: '2026-12-02', percent: 100 },
      { until: '2026-12-08', percent: 50 },
    ])
  })
  it('counts make-up workdays and holidays', () => {
    // Before Monday 12 October 2026 people work on 10 (a Saturday), 9, 8, 30, 29, 28 and 24 September.
    expect(refundDates(standardPolicy, '2026-10-12T01:00:00.000Z')).toEqual([
      { until: '2026-09-23', percent: 100 },
      { until: '2026-10-07', percent: 50 },
    ])
  })
  it('says how many working days there are', () => {
    expect(refundBand(standardPolicy, shanghai('2026-12-04', '12:00'), first)).toEqual({ workingDays: 5, percent: 50 })
  })
})

it('who did not cause the end gets all back, whenever it is', () => {
  for (const reason of ['run-cancelled', 'force-majeure', 'paid-without-seat', 'paid-twice', 'operator'] as const) {
    expect(refundPercent(standardPolicy, first, first, reason)).toBe(100)
  }
})

describe('a policy of a provider', () => {
  const policy = {
    version: 'own',
    bands: [
      { workingDays: 0, percent: 30 },
      { workingDays: 1, percent: 80 },
    ],
  }
  it('may give back until the first meeting, never after, and its bands stand in any order', () => {
    expect(refundPercent(policy, shanghai('2026-12-10', '12:00'), first)).toBe(80)
    expect(refundPercent(policy, shanghai('2026-12-12', '08:59'), first)).toBe(30)
    expect(refundPercent(policy, first, first)).toBe(0)
    expect(refundDates(policy, first).at(-1)).toEqual({ until: '2026-12-12', percent: 30 })
  })
  it('is explained', () => {
    expect(explainPolicy(policy)).toEqual({
      zh: '开课前满 1 个工作日退出退 80%；开课前退出退 30%；开课后不退。机构取消，或平台核实您因不可抗力不能参加，全额退还。',
      en: '80% back from 1 full working day before the first meeting; 30% back until the first meeting; nothing after it began. If the provider cancels, or we find that force majeure keeps you away, all of it comes back.',
    })
    expect(explainPolicy(standardPolicy).zh).toContain('更晚不退')
  })
})
