import type { Run } from '@skills/contract/catalog.ts'
import { expect, it } from 'vitest'
import { runCard } from './run-card.ts'

const id = (kind: string, tail: string) => `${kind}_${tail.padStart(26, '0')}`
const run: Run = {
  ...{ id: id('run', '1'), code: 'A', courseId: id('crs', '1'), providerId: id('prv', '1'), name: { zh: '一期', en: 'First' } },
  ...{ state: 'cancelled', opensAt: '2026-12-01T01:00:00.000Z', closesAt: '2026-12-10T01:00:00.000Z', capacity: 20, priceFen: 0 },
  ...{ cancelUntilMinutes: 60, region: '460100', venueId: null },
  meetings: [
    {
      ...{ id: id('mtg', '1'), startsAt: '2026-12-14T10:00:00.000Z', endsAt: '2026-12-14T12:00:00.000Z' },
      ...{ kind: 'live' as const, venueId: null, room: null },
    },
  ],
}

it('a run that was merged leads to the run it went to; one that was only cancelled leads nowhere', () => {
  const text = (of: Run) => runCard(of, 0, [], 'en', Date.parse('2026-12-02T00:00:00.000Z')).text
  expect(text({ ...run, mergedInto: id('run', '2') })).toContain(`<a href="#${id('run', '2')}">`)
  expect(text(run)).not.toContain('merged')
  expect(text(run)).not.toContain('/claim/')
  expect(text({ ...run, state: 'registration-open' })).toContain('/claim/')
})
