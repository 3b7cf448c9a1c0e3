import type { EligibilityRule, Program, Voucher } from '@skills/contract/funding.ts'
import type { FundingCase, FundingFacts, FundingSubject, FundingUse } from './eligibility-case.ts'

/** For tests: a union of a city below the province's, by the last letter of its id. */
export const sponsor = (letter: string) => `spo_0000000000000000000000000${letter}`

const facts: FundingFacts = {
  bornOn: '1990-06-15',
  region: '460100',
  employmentKind: 'employee',
  certificates: [],
  unions: [{ sponsorId: sponsor('C'), path: [sponsor('A'), sponsor('C')], until: '2026-12-31' }],
  noShows: [],
}
const subject: FundingSubject = {
  courseId: 'crs_00000000000000000000000001',
  trade: 'cook',
  level: 'level-4',
  family: 'skill-level',
  startsOn: '2026-12-10',
}

/** For tests: somebody of 36 from Haikou, a city union's member, before a cook's run of level 4 in December 2026. */
export function testCase(
  changed: { facts?: Partial<FundingFacts>; subject?: Partial<FundingSubject>; uses?: FundingUse[]; on?: string } = {},
): FundingCase {
  return {
    on: changed.on ?? '2026-11-21',
    facts: { ...facts, ...changed.facts },
    subject: { ...subject, ...changed.subject },
    uses: changed.uses ?? [],
  }
}

/** For tests: a spent grant of scheme `skills` for the cook's level 4 in 2026. */
export function testUse(changed: Partial<FundingUse> = {}): FundingUse {
  const programId = 'prg_00000000000000000000000009'
  return { programId, scheme: 'skills', year: '2026', trade: 'cook', level: 'level-4', state: 'spent', ...changed }
}

/** For tests: an active program of 2026 with the rules given, in force all year. */
export function testProgram(letter: string, rules: EligibilityRule[], changed: Partial<Program> = {}): Program {
  return {
    id: `prg_0000000000000000000000000${letter}`,
    sponsorId: sponsor('A'),
    name: { zh: `项目${letter}`, en: `Program ${letter}` },
    scheme: `scheme-${letter.toLowerCase()}`,
    period: { from: '2026-01-01', until: '2026-12-31' },
    funding: { kind: 'fixed', fen: 50_000 },
    ruleSets: [{ version: '1', from: '2026-01-01', until: null, source: { title: 'Test', document: 'none' }, rules }],
    stacking: { kind: 'exclusive' },
    state: 'active',
    ...changed,
  }
}

/** For tests: a general pass for ten uses until the end of 2026. */
export function testVoucher(changed: Partial<Voucher> = {}): Voucher {
  return {
    id: 'vch_00000000000000000000000001',
    programId: 'prg_0000000000000000000000000V',
    kind: 'pass',
    faceFen: null,
    uses: 10,
    used: 0,
    budgetFen: 1_000_000,
    directedTo: null,
    until: '2026-12-31T16:00:00.000Z',
    state: 'open',
    ...changed,
  }
}
