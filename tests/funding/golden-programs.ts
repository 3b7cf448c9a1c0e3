import type { EligibilityRule, Program } from '@skills/contract/funding.ts'
import type { Level } from '@skills/contract/taxonomy.ts'
import { testProgram } from '@skills/core/funding/eligibility-test-case.ts'

const trades = ['cook', 'barista', 'lifeguard', 'drone-pilot']

/** A program with the rules of a published scheme. Programs of one scheme share its yearly times. */
function published(
  letter: string,
  scheme: string,
  fen: number,
  source: { title: string; document: string },
  rules: EligibilityRule[],
): Program {
  const ruleSets = [{ version: 'golden', from: '2026-01-01', until: null, source, rules }]
  return testProgram(letter, [], { scheme, funding: { kind: 'fixed', fen }, ruleSets, period: { from: '2026-01-01', until: '2027-12-31' } })
}

/**
 * Haikou, training before employment: 16 to 60 years, once a person and year, a fixed sum for each level. The six groups of people it is for, the retirement
 * age of the single person and the hours of special abilities are no facts that the platform holds.
 */
export const haikou = (
  [
    ['5', 'level-5', 150_000],
    ['4', 'level-4', 180_000],
    ['3', 'level-3', 220_000],
    ['2', 'level-2', 350_000],
    ['1', 'level-1', 500_000],
  ] as [string, Level, number][]
).map(([letter, level, fen]) =>
  published(
    letter,
    'haikou-employment',
    fen,
    { title: '海口市就业技能培训补贴（海口网 2025-11-25）', document: '琼财社规〔2024〕6号、琼人发〔2025〕71号' },
    [
      { kind: 'region', regions: ['4601'] },
      { kind: 'age', min: 16, max: 60 },
      { kind: 'trade', trades, levels: [level] },
      { kind: 'per-scheme-and-year', times: 1, shortage: null },
    ],
  ),
)

/**
 * Nationwide, upgrading one's skill: a trade and level once and not beside a training subsidy, nothing for a lower level than one holds or was subsidized for,
 * once a person and year, two more for shortage trades where the province says so.
 */
export const national = published(
  'N',
  'skill-upgrade',
  150_000,
  { title: '技能提升补贴能享受几次？', document: '人力资源社会保障部微信公众号 2025-05-22' },
  [
    { kind: 'once-per-trade-and-level' },
    { kind: 'not-with', schemes: ['training'] },
    { kind: 'no-lower-level' },
    { kind: 'per-scheme-and-year', times: 1, shortage: { trades: ['barista', 'lifeguard', 'drone-pilot'], extra: 2 } },
  ],
)

const shenzhenSource = { title: '深圳市职业技能补贴常见问题', document: '深圳市人力资源和社会保障局 2024-11-27' }
const four = ['skill-upgrade', 'apprenticeship', 'project', 'assessment']
const insurance = 'unemployment-insurance'
const shenzhenRules: EligibilityRule[] = [
  { kind: 'per-scheme-and-year', times: 1, shortage: null },
  { kind: 'at-most', times: 3, period: 'year', schemes: four },
]
const trainingRules: EligibilityRule[] = [{ kind: 'once-per-trade-and-level' }, { kind: 'not-with', schemes: [insurance] }]

/**
 * Shenzhen: four schemes, each once a civil year, three together; a trade and level is trained on subsidy once; never both a training scheme and the upgrade
 * subsidy of the unemployment insurance for one trade and level. The assessment scheme is no training.
 */
export const shenzhen = {
  upgrade: published('U', 'skill-upgrade', 150_000, shenzhenSource, [...shenzhenRules, ...trainingRules]),
  apprenticeship: published('P', 'apprenticeship', 400_000, shenzhenSource, [...shenzhenRules, ...trainingRules]),
  project: published('J', 'project', 200_000, shenzhenSource, [...shenzhenRules, ...trainingRules]),
  assessment: published('S', 'assessment', 50_000, shenzhenSource, shenzhenRules),
  insurance: published('W', insurance, 150_000, shenzhenSource, [
    { kind: 'not-with', schemes: ['skill-upgrade', 'graduates', 'apprenticeship', 'project'] },
    { kind: 'not-with', schemes: [insurance] },
  ]),
}

/**
 * Guangdong: men of 16 to 60, women of 16 to 55. The platform does not keep anybody's sex, so the rule takes the lower bound for all, and people decide about
 * who is older.
 */
export const guangdong = published(
  'G',
  'guangdong-training',
  180_000,
  { title: '广东省职业技能培训补贴管理办法', document: '网上转载的文本，文号未核实' },
  [
    { kind: 'region', regions: ['44'] },
    { kind: 'age', min: 16, max: 55 },
  ],
)
