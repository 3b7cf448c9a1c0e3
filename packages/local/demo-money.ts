import { join } from 'node:path'
import type { createClient } from '@skills/contract/client.ts'
import type { ProgramTerms } from '@skills/contract/funding.ts'
import type { CatalogIndex, CourseRow, CourseRows, RunRow } from '@skills/contract/snapshot.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { Cloud } from './cloud.ts'
import { demoPeople, demoSponsors } from './demo-people.ts'
import { readKept } from './kept-file.ts'
import { must } from './must.ts'

type Client = ReturnType<typeof createClient>

const electricians = ['low-voltage-electrician', 'high-voltage-electrician']
/** How many runs the demo's programs set money aside for. */
const mostRuns = 6

/** What the demo's programs pay, and for whom. Rules are those of the domain's published examples, with their document named as a demo. */
function programs(today: string): { terms: ProgramTerms; budgetYuan: number; seatYuan: number }[] {
  const year = Number(today.slice(0, 4))
  const period = { from: `${year}-01-01`, until: `${year + 1}-12-31` }
  const source = (title: string) => ({ title, document: '演示工会〔2026〕1 号（演示文件）' })
  return [
    {
      budgetYuan: 200_000,
      seatYuan: 1_000,
      terms: {
        name: { zh: '电工持证上岗补贴', en: 'Electricians to their licence' },
        scheme: 'demo-electricians',
        period,
        funding: { kind: 'percentage', percent: 70, capFen: 100_000 },
        stacking: { kind: 'with', schemes: ['demo-new-employment'] },
        ruleSets: [
          {
            version: `${year}-1`,
            from: period.from,
            until: null,
            source: source('职工技能提升补贴办法'),
            rules: [
              { kind: 'union-member' },
              { kind: 'trade', trades: electricians, levels: null },
              { kind: 'age', min: 18, max: 60 },
              { kind: 'once-per-trade-and-level' },
              { kind: 'per-scheme-and-year', times: 1, shortage: { trades: ['high-voltage-electrician'], extra: 1 } },
            ],
          },
        ],
      },
    },
    {
      budgetYuan: 60_000,
      seatYuan: 300,
      terms: {
        name: { zh: '新就业形态劳动者学技能', en: 'Skills for platform workers' },
        scheme: 'demo-new-employment',
        period,
        funding: { kind: 'fixed', fen: 30_000 },
        stacking: { kind: 'with', schemes: null },
        ruleSets: [
          {
            version: `${year}-1`,
            from: period.from,
            until: null,
            source: source('新就业形态劳动者关爱行动'),
            rules: [
              { kind: 'employment', kinds: ['platform-worker'] },
              { kind: 'region', regions: ['46'] },
              { kind: 'per-scheme-and-year', times: 2, shortage: null },
            ],
          },
        ],
      },
    },
  ]
}

type Once = (step: string, work: () => Promise<void>) => Promise<void>

/** On the first start the demo's unions get their tree, programs with money, allocations for the electricians' runs and a roster, each once and through the API. */
export async function prepareMoney(cloud: Cloud, as: (sub: string) => Client, once: Once): Promise<void> {
  const operator = as('demo-chen')
  const union = as('demo-gonghui')
  await once('money/unions', async () => {
    for (const { id, ...sponsor } of demoSponsors)
      must('registering a union', await operator.call('saveSponsor', { params: { sponsorId: id }, body: sponsor }))
  })
  const today = dateAt(new Date().toISOString())
  for (const planned of programs(today)) await once(`money/${planned.terms.scheme}`, () => prepareProgram(cloud, union, planned))
  await once('money/roster', async () => {
    const members = demoPeople.filter(({ unionMember }) => unionMember).map(({ profile }) => `${profile?.realName},${profile?.residentId}`)
    const query = { until: `${Number(today.slice(0, 4)) + 1}-12-31`, write: 'yes' as const }
    const body = `姓名,身份证号\r\n${members.join('\r\n')}\r\n`
    const params = { sponsorId: demoSponsors[2].id }
    must('importing a roster', await operator.call('importRoster', { params, query, body, headers: { 'content-type': 'text/csv' } }))
  })
}

async function prepareProgram(
  cloud: Cloud,
  union: Client,
  { terms, budgetYuan, seatYuan }: ReturnType<typeof programs>[number],
): Promise<void> {
  const sponsorId = demoSponsors[1].id
  const made = must('creating a program', await union.call('createProgram', { params: { sponsorId }, body: terms }))
  const params = { programId: made.program.id }
  const body = { kind: 'top-up' as const, fen: budgetYuan * 100, reference: '演示拨款 1 号' }
  must('topping a budget up', await union.call('moveMoney', { params, body }))
  for (const [runId, , , , , , capacity] of electricianRuns(cloud)) {
    const seats = Math.min(20, capacity)
    must('setting money aside', await union.call('allocate', { params, body: { runId, seats, fen: seats * seatYuan * 100 } }))
  }
}

/** Electricians' runs with a price whose registration is open or opens soon. */
function electricianRuns(cloud: Cloud): RunRow[] {
  const read = <T>(name: string) => readKept<T | undefined>(join(cloud.siteFolder, 'catalog', name), undefined)
  const rows = (read<CatalogIndex>('index.json')?.rows ?? []).flatMap(({ file }): CourseRow[] => read<CourseRows>(file)?.rows ?? [])
  const now = new Date().toISOString()
  return rows
    .filter(({ d }) => d !== null && electricians.includes(d))
    .flatMap(({ r }) => r.filter(([, , closes, , , price]) => price > 0 && now < closes))
    .slice(0, mostRuns)
}
