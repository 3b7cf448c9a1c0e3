import { describe, expect, it } from 'vitest'
import { longestTravelMinutes } from '../scheduling/week.ts'
import { regions } from '../catalog/taxonomy-regions.ts'
import { regionMinutes, travelMinutes } from './travel.ts'

const at = (region: string, venueId = `ven_${region}`) => ({ venueId, region })

describe('the way', () => {
  it('is none in a venue, short in a town, hours across the island, and the same both ways', () => {
    expect(travelMinutes(at('460100'), at('460100'))).toBe(0)
    expect(travelMinutes(at('460100'), at('460100', 'ven_other'))).toBe(40)
    expect(regionMinutes('460100', '469023')).toBeLessThan(90)
    expect(regionMinutes('460100', '460200')).toBeGreaterThan(180)
    expect(regionMinutes('460100', '440100')).toBe(480)
  })
  it('is known between all regions, never longer than is looked for, and keeps the triangle: no way round is shorter than the way', () => {
    const codes = regions.terms.map(({ code }) => code).filter((code) => code !== '460000' && code !== '460300')
    for (const a of codes)
      for (const b of codes) {
        const way = regionMinutes(a, b)
        expect(way).toBe(regionMinutes(b, a))
        expect(way).toBeLessThanOrEqual(longestTravelMinutes)
        for (const c of codes) expect(way).toBeLessThanOrEqual(regionMinutes(a, c) + regionMinutes(c, b))
      }
    expect(regionMinutes('460100', '460300')).toBe(longestTravelMinutes)
  })
})
