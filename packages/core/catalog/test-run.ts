import type { Run, RunState } from '@skills/contract/catalog.ts'

/** A run in a state, as tests have it: registration from 1 to 10 December 2026, meetings on the 12th and 14th, listed the later one first. */
export const testRun = (state: RunState): Run => ({
  id: 'run_01KAAAAAAAAAAAAAAAAAAAAAAA',
  code: 'R1',
  courseId: 'crs_01KAAAAAAAAAAAAAAAAAAAAAAA',
  providerId: 'prv_01KAAAAAAAAAAAAAAAAAAAAAAA',
  name: { zh: '第一期', en: 'First' },
  state,
  opensAt: '2026-12-01T00:00:00.000Z',
  closesAt: '2026-12-10T00:00:00.000Z',
  capacity: 30,
  priceFen: 0,
  cancelUntilMinutes: 0,
  region: '460100',
  venueId: null,
  meetings: [
    {
      id: 'mtg_01KAAAAAAAAAAAAAAAAAAAAAAB',
      startsAt: '2026-12-14T00:00:00.000Z',
      endsAt: '2026-12-14T02:00:00.000Z',
      kind: 'classroom',
      venueId: null,
      room: null,
    },
    {
      id: 'mtg_01KAAAAAAAAAAAAAAAAAAAAAAA',
      startsAt: '2026-12-12T00:00:00.000Z',
      endsAt: '2026-12-12T02:00:00.000Z',
      kind: 'classroom',
      venueId: null,
      room: null,
    },
  ],
})
