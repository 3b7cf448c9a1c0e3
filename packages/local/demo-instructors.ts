import type { createClient } from '@skills/contract/client.ts'
import type { InstructorInput } from '@skills/contract/instructor.ts'
import { must } from './must.ts'

type Client = ReturnType<typeof createClient>

interface DemoInstructor {
  sub: string
  name: [zh: string, en: string]
  about: [zh: string, en: string]
  kinds: InstructorInput['kinds']
  base: string
  regions: string[]
  yuan: number
  /** Trades with a verified qualification; a course of no trade asks for none. */
  trades: string[]
  weekend?: true
}

/** Invented instructors of the commons. Master Zhao is one of the demo's people and can be signed in as; the others are only asked. */
const instructors: readonly DemoInstructor[] = [
  {
    sub: 'demo-zhao-gong',
    name: ['赵师傅', 'Master Zhao'],
    about: [
      '低压、高压电工，带过十届学徒，晚间和周末可授课。',
      'Electrician, low and high voltage; ten years of apprentices. Evenings and weekends.',
    ],
    kinds: ['part-time', 'craftsman'],
    base: '460100',
    regions: ['460100', '469023', '469021'],
    yuan: 200,
    trades: ['low-voltage-electrician', 'high-voltage-electrician'],
    weekend: true,
  },
  {
    sub: 'demo-instructor-1',
    name: ['王雅琴', 'Wang Yaqin'],
    about: ['办公软件与人工智能工具，十二年职工夜校教龄。', 'Office software and AI tools; twelve years of evening schools.'],
    kinds: ['full-time'],
    base: '460100',
    regions: ['460000'],
    yuan: 180,
    trades: ['office-software', 'ai-trainer'],
    weekend: true,
  },
  {
    sub: 'demo-instructor-2',
    name: ['黎建国', 'Li Jianguo'],
    about: ['省劳动模范，焊接与登高作业。', 'Model worker of the province: welding and work at height.'],
    kinds: ['model-worker'],
    base: '460400',
    regions: ['460100', '460400', '469024'],
    yuan: 260,
    trades: ['fusion-welding', 'installation-at-height'],
  },
  {
    sub: 'demo-instructor-3',
    name: ['陈海燕', 'Chen Haiyan'],
    about: ['咖啡与调酒，三亚多家酒店培训师。', 'Coffee and bar; trains hotels in Sanya.'],
    kinds: ['part-time'],
    base: '460200',
    regions: ['460200', '469028', '469029'],
    yuan: 220,
    trades: ['barista', 'bartender'],
    weekend: true,
  },
  {
    sub: 'demo-instructor-4',
    name: ['符文亮', 'Fu Wenliang'],
    about: ['急救与应急处置，红十字会培训经历。', 'First aid and emergencies, trained with the Red Cross.'],
    kinds: ['full-time'],
    base: '469005',
    regions: ['460000'],
    yuan: 160,
    trades: ['first-aid', 'lifeguard'],
  },
  {
    sub: 'demo-instructor-5',
    name: ['吴玉兰', 'Wu Yulan'],
    about: ['黎锦技艺传承人，工匠。', 'Li brocade weaver and craftsman.'],
    kinds: ['craftsman'],
    base: '469001',
    regions: ['460000'],
    yuan: 240,
    trades: ['li-brocade'],
    weekend: true,
  },
]

/** On the first start a handful of instructors make their profiles through the API, and the operator verifies what they may teach; each once. */
export async function prepareInstructors(
  as: (sub: string) => Client,
  once: (step: string, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const one of instructors) await once(`instructor/${one.sub}`, () => prepare(as(one.sub), as('demo-chen'), one))
}

async function prepare(
  self: Client,
  operator: Client,
  { name, about, kinds, base, regions, yuan, trades, weekend }: DemoInstructor,
): Promise<void> {
  const text = ([zh, en]: [string, string]) => ({ zh, en })
  const profile = {
    name: text(name),
    about: text(about),
    kinds,
    regions,
    baseRegion: base,
    weeklyMinutes: 1_200,
    feeFenPerHour: yuan * 100,
  }
  const { instructor } = must(
    'making an instructor',
    await self.call('saveMyInstructor', { body: { ...profile, languages: ['zh'], listed: true } }),
  )
  const evenings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '18:00', to: '22:00' }))
  const days = [6, 7].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }))
  const windows = weekend ? [...evenings, ...days] : [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '22:00' }))
  must('saying when', await self.call('saveAvailability', { body: { windows, exceptions: [] } }))
  for (const trade of trades) {
    const body = { trade, level: null, proof: '演示凭证，可在发证机关网站查询', until: null }
    const claimed = must('claiming a qualification', await self.call('claimQualification', { body })).instructor
    const params = { instructorId: instructor.id, qualificationId: claimed.qualifications.at(-1)?.id ?? '' }
    must(
      'verifying a qualification',
      await operator.call('decideQualification', { params, body: { to: 'verified', reason: '演示：与发证机关一致' } }),
    )
  }
}
