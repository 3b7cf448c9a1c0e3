import { expect, it } from 'vitest'
import { ProgramTerms } from '@skills/contract/funding.ts'
import { draftOf, fieldOf, ruleKinds, termsOf } from './program-draft.ts'

const terms = ProgramTerms.parse({
  name: { zh: '试点', en: 'Pilot' },
  scheme: 'pilot-2026',
  period: { from: '2026-01-01', until: '2026-12-31' },
  funding: { kind: 'percentage', percent: 60, capFen: 123_45 },
  stacking: { kind: 'with', schemes: ['national'] },
  ruleSets: [
    {
      version: '1',
      from: '2026-01-01',
      until: null,
      source: { title: 'Notice', document: 'No. 1' },
      rules: [
        { kind: 'union-member' },
        { kind: 'region', regions: ['46', '4601'] },
        { kind: 'employment', kinds: ['employee'] },
        { kind: 'age', min: 16, max: null },
        { kind: 'trade', trades: ['low-voltage-electrician'], levels: null },
        { kind: 'once-per-trade-and-level' },
        { kind: 'per-scheme-and-year', times: 1, shortage: { trades: ['fusion-welding'], extra: 1 } },
        { kind: 'at-most', times: 3, period: 'year', schemes: null },
        { kind: 'no-lower-level' },
        { kind: 'not-with', schemes: ['other'] },
        { kind: 'attendance', withinMonths: 12, mostNoShows: 2 },
      ],
    },
  ],
})

it('shows every kind of rule and every sum in the form and sends it back unchanged', () => {
  expect(terms.ruleSets[0]?.rules.map(({ kind }) => kind)).toEqual([...ruleKinds])
  expect(termsOf(draftOf(terms))).toEqual(terms)
  for (const funding of [{ kind: 'full' }, { kind: 'fixed', fen: 99_99 }, { kind: 'percentage', percent: 100, capFen: null }] as const)
    expect(termsOf(draftOf({ ...terms, funding, stacking: { kind: 'exclusive' } })).funding).toEqual(funding)
  // What attendance earns: three bands or none; one that was left empty is 0.
  const [set] = terms.ruleSets
  const earns = { fullFromPercent: 75, shareFromPercent: 50, belowPercent: 10 }
  const sets = [{ ...set, earns } as (typeof terms.ruleSets)[number]]
  expect(termsOf(draftOf({ ...terms, ruleSets: sets })).ruleSets).toEqual(sets)
  const draft = draftOf(terms)
  const half = { ...draft, ruleSets: draft.ruleSets.map((one) => ({ ...one, earns: { fullFromPercent: 50, shareFromPercent: null } })) }
  expect(termsOf(half).ruleSets[0]?.earns).toEqual({ fullFromPercent: 50, shareFromPercent: 0, belowPercent: 0 })
  expect(termsOf(draftOf({ ...terms, stacking: { kind: 'with', schemes: null } })).stacking).toEqual({ kind: 'with', schemes: null })
})

it('finds the field that a refusal points to', () => {
  expect(fieldOf('#/terms/ruleSets/0/source/title')).toEqual(['ruleSets', 0, 'source', 'title'])
  expect(fieldOf('#/period/until')).toEqual(['period', 'until'])
})
