import { expect, test } from 'vitest'
import { dueReminders, licenceOver, nextLook, unsafeVenues } from './standing-ends.ts'
import { mayOffer, type Standing } from './standing.ts'

const now = '2026-11-21T02:00:00.000Z'
const standing: Standing = {
  providerId: 'prv_01KAJ3V0M0AAAAAAAAAAAAAAAA',
  entity: '',
  version: 1,
  auditHash: '',
  state: 'approved',
  scope: [
    { trade: 'electrician', until: '2027-01-31' },
    { trade: 'cook', until: null },
    { trade: 'welder', until: '2026-11-20' },
  ],
  licenceUntil: '2026-11-21',
  reason: null,
  personId: 'per_0',
  accepted: [],
  blockedSince: null,
  told: [],
}
const codes = (trade: string | null, until: string, at = now, of: Standing | undefined = standing) =>
  mayOffer(of, { trade, until }, at).map(({ code }) => code)

test('a licence is good through its last day in Beijing, and not a minute longer', () => {
  expect(codes('cook', '2026-12-01T02:00:00.000Z')).toEqual([])
  expect(codes('cook', '2026-12-01T02:00:00.000Z', '2026-11-21T15:59:59.999Z')).toEqual([])
  expect(codes('cook', '2026-12-01T02:00:00.000Z', '2026-11-21T16:00:00.000Z')).toEqual(['licence-expired'])
})

test('the scope must hold until the last meeting ends', () => {
  expect(codes('electrician', '2027-01-31T15:59:00.000Z')).toEqual([])
  expect(codes('electrician', '2027-01-31T16:00:00.000Z')).toEqual(['scope-ends-before'])
  expect(codes('welder', '2026-11-22T02:00:00.000Z')).toEqual(['scope-expired'])
  expect(codes('plumber', '2026-11-22T02:00:00.000Z')).toEqual(['trade-not-in-scope'])
  expect(codes(null, '2030-01-01T00:00:00.000Z')).toEqual([])
})

test('a suspended provider, and one that was never approved, may offer nothing; all obstacles are said at once', () => {
  expect(codes('plumber', now, '2026-11-22T02:00:00.000Z', { ...standing, state: 'suspended' })).toEqual([
    'suspended',
    'licence-expired',
    'trade-not-in-scope',
  ])
  expect(mayOffer(undefined, { trade: null, until: now }, now)).toEqual([{ code: 'not-approved' }])
})

test('each end is told 60, 30 and 7 days before and when it is over, once; a late look tells only the latest', () => {
  const only = { scope: [], licenceUntil: '2027-03-01', blockedSince: null, told: [] as string[] }
  expect(dueReminders(only, now)).toEqual({ reminders: [], told: [] })
  const seen: number[] = []
  let told: string[] = []
  let at: string | undefined = now
  for (let looks = 0; at !== undefined && looks < 9; looks += 1) {
    const found = dueReminders({ ...only, told }, at)
    seen.push(...found.reminders.map(({ days }) => days))
    told = found.told
    at = nextLook({ ...only, told }, at)
  }
  expect([seen, at]).toEqual([[60, 30, 7, 0], undefined])
  expect(dueReminders(only, '2027-02-25T02:00:00.000Z').reminders).toEqual([{ what: 'licence', until: '2027-03-01', days: 7 }])
})

test('a renewed end is told anew', () => {
  const { told } = dueReminders({ ...standing, told: [] }, now)
  const renewed = { ...standing, told, licenceUntil: '2027-01-01' }
  expect(dueReminders(renewed, now).reminders).toEqual([{ what: 'licence', until: '2027-01-01', days: 60 }])
})

test('the look that closes registration is due when the proof is over, at midnight in Beijing; what is told ahead comes in the morning', () => {
  const venues = [{ venueId: 'ven_1', name: { zh: '主校区', en: 'Main' }, until: '2027-03-01' }]
  const only = { scope: [], licenceUntil: '2027-03-01', venues, blockedSince: null, told: [] as string[] }
  const looks: string[] = []
  let told: string[] = []
  for (let at: string | undefined = now; at !== undefined && looks.length < 9;) {
    told = dueReminders({ ...only, told }, at).told
    at = nextLook({ ...only, told }, at)
    if (at !== undefined) looks.push(at)
  }
  expect(looks.slice(-2)).toEqual(['2027-02-23T00:00:00.000Z', '2027-03-01T16:00:00.000Z'])
  const over = looks.at(-1) ?? ''
  expect([unsafeVenues(only, over), licenceOver(only, over)]).toEqual([['ven_1'], true])
})
