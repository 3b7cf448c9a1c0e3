import type { Enrollment } from '@skills/contract/claim.routes.ts'
import type { createClient } from '@skills/contract/client.ts'
import type { EligibilityRule } from '@skills/contract/funding.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { demoPerson } from '@skills/local/demo-people.ts'
import { must } from '@skills/local/must.ts'
import type { House } from './house.ts'

type Client = ReturnType<typeof createClient>

/** A course that costs something, with a program that pays a part of it for members and one for people of another city. */
export interface MoneyScene {
  courseId: string
  /** Many seats, two, many again. */
  runId: string
  smallRunId: string
  weekendRunId: string
  programId: string
}

/** A union of the scene's own, below nobody. */
const ownUnion = { id: 'spo_01K0000000000000000000000M', parentId: null as string | null }
const operator = 'demo-chen'

/** Publishes the course and puts money of a union beside its runs, through the API as an operator would. Codes keep scenes apart. */
export async function moneyScene(house: House, code: string, { id: union, parentId } = ownUnion): Promise<MoneyScene> {
  const api = house.as(operator)
  const now = new Date().toISOString()
  must(
    'importing',
    await api.call('importCatalog', { query: { write: 'yes' }, body: sheet(code, now), headers: { 'content-type': 'text/csv' } }),
  )
  await house.drain()
  const { courseId, runs } = await published(house.site, code)
  const [runId = '', smallRunId = '', weekendRunId = ''] = runs
  const registered = await api.call('saveSponsor', {
    params: { sponsorId: union },
    body: {
      name: { zh: '椰城工会联合会（演示）', en: 'Coconut City Trade Unions (demo)' },
      level: 'industry',
      parentId,
      region: '460000',
    },
  })
  // An earlier scene registered it: who changes a union says which version she saw.
  if (registered.ok || registered.problem.code !== 'version-conflict') must('registering the union', registered)
  const members = [
    ...['demo-lin-xiaoyu', 'demo-fu-dahai'].map((sub) => [demoPerson(sub).profile?.realName, demoPerson(sub).profile?.residentId]),
    ...staff.map((number) => [worker, idOfNobody(number)]),
  ]
  must(
    'importing a roster',
    await api.call('importRoster', {
      params: { sponsorId: union },
      query: { until: dateAt(plusMinutes(now, 400 * 24 * 60)), write: 'yes' },
      body: ['姓名,身份证号', ...members.map((cells) => cells.join(','))].join('\n'),
      headers: { 'content-type': 'text/csv' },
    }),
  )
  const program = async (zh: string, en: string, scheme: string, rules: EligibilityRule[]) => {
    const { program } = must(
      'creating a program',
      await api.call('createProgram', {
        params: { sponsorId: union },
        body: {
          name: { zh, en },
          scheme: `${scheme}-${code.toLowerCase()}`,
          period: { from: dateAt(now), until: dateAt(plusMinutes(now, 400 * 24 * 60)) },
          funding: { kind: 'percentage', percent: 60, capFen: 100_000 },
          ruleSets: [
            {
              version: '2026-1',
              from: '2026-01-01',
              until: null,
              source: { title: '职工技能补贴办法（演示）', document: '演示〔2026〕1 号' },
              rules,
            },
          ],
          stacking: { kind: 'exclusive' },
        },
      }),
    )
    must(
      'topping up',
      await api.call('moveMoney', { params: { programId: program.id }, body: { kind: 'top-up', fen: 5_000_000, reference: '演示拨款' } }),
    )
    for (const id of runs)
      must('allocating', await api.call('allocate', { params: { programId: program.id }, body: { runId: id, seats: 2, fen: 200_000 } }))
    return program.id
  }
  const programId = await program('求学圆梦·会员技能补贴', 'Skills subsidy for members', 'dream', [{ kind: 'union-member' }])
  await program('儋州职工进修补贴', 'Further training in Danzhou', 'danzhou', [{ kind: 'region', regions: ['4604'] }])
  return { courseId, runId, smallRunId, weekendRunId, programId }
}

/** The course as a provider would send it: three runs from a month on, evenings, 960 yuan. */
function sheet(code: string, now: string): string {
  const day = (days: number) => dateAt(plusMinutes(now, days * 24 * 60))
  const run = (name: string, nameEn: string, runCode: string, capacity: number, from: number) => ({
    机构编码: 'MONEY-P',
    机构名称: '椰城电工培训中心（演示）',
    机构英文名: 'Coconut City Electrician School (demo)',
    机构简介: '面向一线职工的电工培训。',
    机构英文简介: 'Electrician training for people at work.',
    机构地区: '海口市',
    课程编码: code,
    课程名称: `低压电工作业（${code}）`,
    课程英文名: `Low-voltage electrician (${code})`,
    课程简介: '电气安全与实操，为低压电工作业考核做准备。',
    课程英文简介: 'Electrical safety and practice in preparation for the low-voltage examination.',
    学习成果: '看懂配电箱；会接线和检修；会断电施救',
    英文学习成果: 'Read a distribution board; Wire and repair; Cut the power and give first aid',
    适合人群: '准备从事电工作业的职工',
    英文适合人群: 'People who are going to work as electricians',
    行业: '制造与电力',
    工种: '低压电工作业',
    证书类别: '特种作业',
    授课方式: '集中面授',
    理论课时: '40',
    实操课时: '24',
    '标价(元)': '960',
    年龄下限: '18',
    学历要求: '初中',
    健康承诺: '是',
    课程状态: '发布',
    期编码: runCode,
    期名称: name,
    期英文名: nameEn,
    报名开始: `${day(-1)} 09:00`,
    报名截止: `${day(from - 1)} 18:00`,
    名额: String(capacity),
    '价格(元)': '960',
    场地编码: 'A',
    场地名称: '主校区',
    场地地址: '示例路 1 号',
    教室: '礼堂',
    教室容量: '200',
    上课时间: `${day(from)}..${day(from + 20)} 每周一三五 18:30-21:00 理论`,
    期状态: '发布',
  })
  const rows = [
    run('晚间班', 'Evenings', `${code}-1`, 30, 32),
    run('小班', 'Small group', `${code}-2`, 2, 60),
    run('春季班', 'Spring', `${code}-3`, 30, 90),
  ]
  const heads = Object.keys(rows[0] ?? {})
  return [heads, ...rows.map((row) => Object.values(row))].map((cells) => cells.join(',')).join('\n')
}

async function published(site: string, code: string): Promise<{ courseId: string; runs: string[] }> {
  const get = async <T>(path: string) => (await (await fetch(`${site}/catalog/${path}`)).json()) as T
  const index = await get<{ rows: { file: string }[] }>('index.json')
  for (const { file } of index.rows) {
    const { rows } = await get<{ rows: { id: string; t: string; r: [string, ...unknown[]][] }[] }>(file)
    const row = rows.find((one) => one.t.includes(`（${code}）`))
    if (row) return { courseId: row.id, runs: row.r.map((run) => run[0]) }
  }
  throw new Error('the course is not published')
}

const worker = '演示职工'
/** The numbers of invented people who are on the roster. */
const staff = [1, 2, 3, 4, 5, 11, 12]

/** A resident ID of nobody: area 990003 does not exist, the check digit (GB 11643) is right. */
function idOfNobody(number: number): string {
  const digits = `99000319900615${String(100 + number).padStart(3, '0')}`
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0)
  return `${digits}${'10X98765432'[sum % 11]}`
}

/** Gives somebody invented consent and a complete profile: a member of the union where the number is on the roster. */
export async function fillPerson(client: Client, number: number): Promise<void> {
  const { consents } = must('reading consents', await client.call('listConsents', {}))
  for (const { purpose, noticeVersion, given } of consents)
    if (purpose === 'identity' && !given)
      must('consenting', await client.call('saveConsent', { params: { purpose }, body: { given: true, noticeVersion } }))
  must(
    'saving a profile',
    await client.call('saveProfile', {
      body: {
        realName: worker,
        residentId: idOfNobody(number),
        mobile: `1990003${String(number).padStart(4, '0')}`,
        region: '460100',
        employmentKind: 'employee',
        education: 'college',
        unionNumber: null,
        certificates: [],
      },
    }),
  )
}

/** Claims a seat at the price that is quoted now; it is held until it is paid for. */
export async function claimFor(client: Client, runId: string): Promise<Enrollment> {
  const { quote } = must('asking the price', await client.call('getPrice', { params: { runId } }))
  return must('claiming', await client.call('claimSeat', { params: { runId }, body: { healthCommitment: true, quote } }))
}
