import type { Program } from '@skills/contract/funding.ts'
import { testCase, testUse } from '@skills/core/funding/eligibility-test-case.ts'
import type { FundingUse } from '@skills/core/funding/eligibility-case.ts'
import { price } from '@skills/core/funding/price.ts'
import { describe, expect, it } from 'vitest'
import { guangdong, haikou, national, shenzhen } from './golden-programs.ts'

type Changed = Parameters<typeof testCase>[0]
interface Golden {
  who: string
  programs: Program[]
  case?: Changed
  /** In yuan, where it is not 6,000. */
  listYuan?: number
  reviewed?: true
  /** What each program pays in yuan, or the codes of why not. */
  expected: (number | string)[]
}

const used = (changed: Partial<FundingUse>) => testUse(changed)
const inShenzhen = (...uses: FundingUse[]): Changed => ({ facts: { region: '440300' }, uses })
const upTo60 = (bornOn: string): Changed => ({ facts: { bornOn } })

/** Published rules as they were read; the marks are those of the sources beside each program. Runs begin on 10 December 2026. */
const golden: Record<string, Golden[]> = {
  'Haikou’s training before employment': [
    ...(['level-5', 'level-4', 'level-3', 'level-2', 'level-1'] as const).map((level, place): Golden => {
      const yuan = [1500, 1800, 2200, 3500, 5000][place] as number
      const expected = haikou.map((_, other) => (other === place ? yuan : 'level-not-covered'))
      return { who: `pays ${yuan} yuan for ${level}`, programs: haikou, case: { subject: { level } }, expected }
    }),
    { who: 'pays no more than the price', programs: haikou.slice(1, 2), listYuan: 1200, expected: [1200] },
    { who: 'pays on the 16th birthday', programs: haikou.slice(1, 2), case: upTo60('2010-12-10'), expected: [1800] },
    { who: 'does not pay the day before', programs: haikou.slice(1, 2), case: upTo60('2010-12-11'), expected: ['age-too-low'] },
    { who: 'pays until the last day of being 60', programs: haikou.slice(1, 2), case: upTo60('1965-12-11'), expected: [1800] },
    { who: 'does not pay at 61', programs: haikou.slice(1, 2), case: upTo60('1965-12-10'), expected: ['age-too-high'] },
    {
      who: 'pays once a year, whatever the level',
      programs: haikou.slice(1, 2),
      case: { uses: [used({ scheme: 'haikou-employment', level: 'level-5', trade: 'barista' })] },
      expected: ['scheme-year-used'],
    },
    {
      who: 'pays again in the next year',
      programs: haikou.slice(1, 2),
      case: { uses: [used({ scheme: 'haikou-employment', level: 'level-5', year: '2025' })] },
      expected: [1800],
    },
    {
      who: 'pays again when the first seat was given back',
      programs: haikou.slice(1, 2),
      case: { uses: [used({ scheme: 'haikou-employment', state: 'returned' })] },
      expected: [1800],
    },
    {
      who: 'does not pay for a special-operations licence by level',
      programs: haikou.slice(1, 2),
      case: { subject: { level: null, family: 'special-operations' } },
      expected: ['level-not-covered'],
    },
  ],
  'the national subsidy for upgrading one’s skill': [
    { who: 'pays', programs: [national], expected: [1500] },
    {
      who: 'pays for a trade and level once, ever',
      programs: [national],
      case: { uses: [used({ scheme: 'skill-upgrade', year: '2021' })] },
      expected: ['already-subsidized'],
    },
    {
      who: 'does not pay beside a training subsidy for the same',
      programs: [national],
      case: { uses: [used({ scheme: 'training', year: '2021' })] },
      expected: ['already-subsidized,other-scheme-used'],
    },
    {
      who: 'does not pay below a level that is held',
      programs: [national],
      case: { facts: { certificates: [{ trade: 'cook', level: 'level-3' }] } },
      expected: ['higher-level-held'],
    },
    {
      who: 'does not pay below a level that was subsidized',
      programs: [national],
      case: { uses: [used({ scheme: 'skill-upgrade', year: '2021', level: 'level-3' })] },
      expected: ['higher-level-held'],
    },
    {
      who: 'pays above the level that is held',
      programs: [national],
      case: { facts: { certificates: [{ trade: 'cook', level: 'level-5' }] } },
      expected: [1500],
    },
    {
      who: 'pays once a year',
      programs: [national],
      case: { uses: [used({ scheme: 'skill-upgrade', trade: 'tea-artist' })] },
      expected: ['scheme-year-used'],
    },
    {
      who: 'pays a second and third time for shortage trades',
      programs: [national],
      case: {
        subject: { trade: 'barista' },
        uses: [used({ scheme: 'skill-upgrade', trade: 'tea-artist' }), used({ scheme: 'skill-upgrade', trade: 'lifeguard' })],
      },
      expected: [1500],
    },
    {
      who: 'does not pay a fourth time',
      programs: [national],
      case: {
        subject: { trade: 'barista' },
        uses: ['tea-artist', 'lifeguard', 'drone-pilot'].map((trade) => used({ scheme: 'skill-upgrade', trade })),
      },
      expected: ['scheme-year-used'],
    },
  ],
  'Shenzhen’s four schemes': [
    {
      who: 'pay once a year each',
      programs: [shenzhen.upgrade, shenzhen.assessment],
      case: inShenzhen(used({ scheme: 'skill-upgrade', trade: 'barista' })),
      expected: ['scheme-year-used', 500],
    },
    {
      who: 'pay three times together',
      programs: [shenzhen.assessment],
      case: inShenzhen(used({ scheme: 'skill-upgrade', trade: 'barista' }), used({ scheme: 'apprenticeship', trade: 'lifeguard' })),
      expected: [500],
    },
    {
      who: 'do not pay a fourth time',
      programs: [shenzhen.assessment],
      case: inShenzhen(...['skill-upgrade', 'apprenticeship', 'project'].map((scheme) => used({ scheme, trade: 'barista' }))),
      expected: ['year-used'],
    },
    {
      who: 'do not count last year’s',
      programs: [shenzhen.upgrade],
      case: inShenzhen(...['skill-upgrade', 'apprenticeship', 'project'].map((scheme) => used({ scheme, trade: 'barista', year: '2025' }))),
      expected: [1500],
    },
    {
      who: 'train a trade and level once',
      programs: [shenzhen.project],
      case: inShenzhen(used({ scheme: 'apprenticeship', year: '2023' })),
      expected: ['already-subsidized'],
    },
    {
      who: 'do not train what the unemployment insurance paid for',
      programs: [shenzhen.upgrade],
      case: inShenzhen(used({ scheme: 'unemployment-insurance', year: '2023' })),
      expected: ['already-subsidized,other-scheme-used'],
    },
    {
      who: 'exclude the unemployment insurance’s for the same trade and level',
      programs: [shenzhen.insurance],
      case: inShenzhen(used({ scheme: 'skill-upgrade', year: '2023' })),
      expected: ['other-scheme-used'],
    },
    {
      who: 'leave it for another level, and the assessment beside it',
      programs: [shenzhen.insurance],
      case: inShenzhen(used({ scheme: 'skill-upgrade', level: 'level-5' }), used({ scheme: 'assessment' })),
      expected: [1500],
    },
    {
      who: 'pay the most that one of them can, never two for one seat',
      programs: [shenzhen.upgrade, shenzhen.apprenticeship, shenzhen.insurance],
      case: inShenzhen(),
      expected: ['not-together', 4000, 'not-together'],
    },
  ],
  'Guangdong’s training': [
    { who: 'pays at 55', programs: [guangdong], case: { facts: { region: '440100', bornOn: '1971-01-01' } }, expected: [1800] },
    {
      who: 'asks people at 58',
      programs: [guangdong],
      case: { facts: { region: '440100', bornOn: '1968-01-01' } },
      expected: ['age-too-high'],
    },
    {
      who: 'pays at 58 when people have decided so',
      programs: [guangdong],
      case: { facts: { region: '440100', bornOn: '1968-01-01' } },
      reviewed: true,
      expected: [1800],
    },
    { who: 'does not pay in Hainan', programs: [guangdong], expected: ['region-not-covered'] },
  ],
}

describe.each(Object.entries(golden))('%s', (_, cases) => {
  it.each(cases)('$who', ({ programs, case: changed, listYuan = 6000, reviewed, expected }) => {
    const { facts, subject, uses } = testCase(changed)
    const allocation = { state: 'open', leftSeats: 1, leftFen: 1_000_000 } as const
    const candidates = programs.map((program) => ({ program, allocation, reviewId: reviewed === true ? 'rev_1' : null }))
    const { lines, split } = price({ listFen: listYuan * 100, now: '2026-11-21T02:00:00.000Z', facts, subject, uses, candidates })
    const shown = programs.map(({ id }) => {
      const line = lines.find(({ programId }) => programId === id)
      return line === undefined || line.fen === 0 ? line?.reasons.map(({ code }) => code).join() : line.fen / 100
    })
    expect(shown).toEqual(expected)
    expect(split.payableFen).toBe((listYuan - lines.reduce((sum, { fen }) => sum + fen / 100, 0)) * 100)
  })
})

it('every published rule that refuses a person can be reviewed by people, and names its document', () => {
  const { facts, subject } = testCase({ facts: { region: '440100', bornOn: '1968-01-01' } })
  const allocation = { state: 'open', leftSeats: 1, leftFen: 1_000_000 } as const
  const { lines } = price({
    listFen: 600_000,
    now: '2026-11-21T02:00:00.000Z',
    facts,
    subject,
    uses: [],
    candidates: [{ program: guangdong, allocation, reviewId: null }],
  })
  expect(lines).toMatchObject([{ reviewable: true, ruleSet: 'golden' }])
  for (const { ruleSets } of [...haikou, national, guangdong, ...Object.values(shenzhen)]) {
    expect(ruleSets[0]?.source.document.length).toBeGreaterThan(5)
  }
})
