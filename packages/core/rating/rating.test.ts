import type { Run } from '@skills/contract/catalog.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { describe, expect, it } from 'vitest'
import { raterState, ratingSpan, type RaterFacts } from './rating.ts'
import { publicWords } from './rating-words.ts'

const endsAt = '2026-12-20T12:30:00.000Z'
const run = { state: 'completed', closesAt: endsAt, meetings: [{ startsAt: '2026-12-20T10:30:00.000Z', endsAt }] } as unknown as Run
const enrollmentId = 'enr_01KAJ3V0M0AAAAAAAAAAAAAAAA'
const facts: RaterFacts = { run, active: true, enrollmentId, credit: { enrollmentId, minutes: 90 }, ownHouse: false, toBeCredited: false }
const { from, until } = ratingSpan(run)
const hour = (instant: string, count: number) => plusMinutes(instant, count * 60)

describe('who may rate a run', () => {
  it.each<[string, Partial<RaterFacts>, string, string]>([
    ['who attended', {}, from, 'open'],
    ['who attended, in the last minute', {}, plusMinutes(until, -1), 'open'],
    ['nobody after 180 days', {}, until, 'over'],
    ['nobody while it lasts', {}, hour(endsAt, -1), 'not-yet'],
    ['nobody before hours are credited', { credit: undefined }, hour(endsAt, 1), 'not-yet'],
    ['nobody while they are being credited', { credit: undefined, toBeCredited: true }, hour(from, 1), 'not-yet'],
    ['nobody where no attendance was taken', { credit: undefined }, hour(from, 1), 'not-attended'],
    ['nobody who did not come', { credit: { enrollmentId, minutes: 0 } }, from, 'not-attended'],
    [
      'nobody for the seat she had before',
      { credit: { enrollmentId: 'enr_01KAJ3V0M0AAAAAAAAAAAAAAAB', minutes: 90 } },
      from,
      'not-attended',
    ],
    ['nobody of the house', { ownHouse: true }, from, 'own-house'],
    ['nobody whose seat was given back', { active: false }, from, 'not-attended'],
    ['nobody in a cancelled run', { run: { ...run, state: 'cancelled' } }, from, 'not-attended'],
  ])('%s', (_, change, now, state) => {
    expect(raterState({ ...facts, ...change }, now)).toBe(state)
  })
})

describe('a public text', () => {
  it.each([
    [' 很好 \n', '很好'],
    ['a\r\nb', 'a\nb'],
    ['好\u202e\u200b课', '好课'],
    ['  ', null],
    ['', null],
    [null, null],
    ['12 月 20 日 18:30-20:30，第 3 期', '12 月 20 日 18:30-20:30，第 3 期'],
    ['a @ b', 'a @ b'],
  ])('%j becomes %j', (written, text) => {
    expect(publicWords(written, '#/text')).toBe(text)
  })
  it('is refused where it must say something', () => {
    expect(() => publicWords(' ', '#/text', true)).toThrow('validation-failed')
  })
})
