/** A person of the demo, whom the sign-in page offers. Names, numbers and organizations are invented. */
export interface DemoPerson {
  /** What the token's `sub` says; stable, because a person's id is made of it. */
  sub: string
  name: { zh: string; en: string }
  does: { zh: string; en: string }
  group: 'worker' | 'provider' | 'sponsor' | 'employer' | 'platform'
  /** The profile that the first start fills in through the API. Numbers: check digit right, area 9900xx, which no one has. */
  profile?: { realName: string; residentId: string; mobile: string; region: string; employmentKind: string; education: string }
  /** Named on the roster of the hotel's union. */
  unionMember?: true
  /** What the first start appoints the person to. A provider is named as the demo catalog names it; where that one is missing the first one is taken. */
  membership?: { organization: 'platform' | { provider: string } | { id: string; name: { zh: string; en: string } }; roles: string[] }
}

const nightSchool = { provider: '椰城职工夜校' }
const union = {
  id: 'spo_01K0000000000000000000000A',
  name: { zh: '海南省旅游行业工会联合会（演示）', en: 'Hainan Tourism Trade Union Federation (demo)' },
}
/** The demo's tree of unions: the province, the trade federation below it, the hotel's own union below that. */
export const demoSponsors = [
  {
    id: 'spo_01K0000000000000000000000C',
    name: { zh: '海南省总工会（演示）', en: 'Hainan Provincial Federation of Trade Unions (demo)' },
    level: 'province',
    parentId: null,
    region: '460000',
  },
  { ...union, level: 'industry', parentId: 'spo_01K0000000000000000000000C', region: '460000' },
  {
    id: 'spo_01K0000000000000000000000D',
    name: { zh: '椰湾酒店工会（演示）', en: 'Coconut Bay Hotels union (demo)' },
    level: 'firm',
    parentId: union.id,
    region: '460200',
  },
] as const
const hotel = { id: 'emp_01K0000000000000000000000B', name: { zh: '椰湾酒店管理有限公司（演示）', en: 'Coconut Bay Hotels Ltd (demo)' } }

export const demoPeople: readonly DemoPerson[] = [
  {
    sub: 'demo-lin-xiaoyu',
    name: { zh: '林小雨', en: 'Lin Xiaoyu' },
    group: 'worker',
    does: {
      zh: '酒店前台，工会会员：电工班有补贴，付余款即可',
      en: 'Hotel receptionist and union member: the electrician runs are subsidized for her',
    },
    unionMember: true,
    profile: {
      realName: '林小雨',
      residentId: '990001199203154728',
      mobile: '19900000001',
      region: '460200',
      employmentKind: 'employee',
      education: 'college',
    },
  },
  {
    sub: 'demo-fu-dahai',
    name: { zh: '符大海', en: 'Fu Dahai' },
    group: 'worker',
    does: {
      zh: '网约配送员：资料齐全，另有新就业形态补贴',
      en: 'Delivery rider with a complete profile; a platform workers’ subsidy applies',
    },
    profile: {
      realName: '符大海',
      residentId: '990001198807226919',
      mobile: '19900000002',
      region: '460100',
      employmentKind: 'platform-worker',
      education: 'senior-middle',
    },
  },
  {
    sub: 'demo-wang-xin',
    name: { zh: '王新', en: 'Wang Xin' },
    group: 'worker',
    does: { zh: '新职工，还没有填资料：从头体验', en: 'New worker without a profile: see it from the very start' },
  },
  {
    sub: 'demo-huang',
    name: { zh: '黄校长', en: 'Principal Huang' },
    group: 'provider',
    does: { zh: '培训机构负责人：课程、班次、名册', en: 'Provider manager: courses, runs, rosters' },
    membership: { organization: nightSchool, roles: ['provider:manager'] },
  },
  {
    sub: 'demo-ye',
    name: { zh: '叶老板', en: 'Owner Ye' },
    group: 'provider',
    does: { zh: '正在申请入驻的机构：看申请进度', en: 'Applies as a provider and waits for the review' },
  },
  {
    sub: 'demo-li-yan',
    name: { zh: '李燕', en: 'Li Yan' },
    group: 'provider',
    does: { zh: '培训机构教务：看名册（脱敏）', en: 'Provider registrar: reads rosters (masked)' },
    membership: { organization: nightSchool, roles: ['provider:registrar'] },
  },
  {
    sub: 'demo-zhao-gong',
    name: { zh: '赵师傅', en: 'Master Zhao' },
    group: 'provider',
    does: { zh: '培训师资：看自己的名册', en: 'Instructor: reads the roster' },
    membership: { organization: nightSchool, roles: ['provider:instructor'] },
  },
  {
    sub: 'demo-gonghui',
    name: { zh: '周主席（工会）', en: 'Chair Zhou (union)' },
    group: 'sponsor',
    does: { zh: '工会负责人：补贴项目、预算、拨款', en: 'Union manager: programs, budgets, allocations' },
    membership: { organization: union, roles: ['sponsor:manager'] },
  },
  {
    sub: 'demo-wu-shen',
    name: { zh: '吴审核', en: 'Reviewer Wu' },
    group: 'sponsor',
    does: { zh: '工会审核员：决定人工复核', en: 'Union reviewer: decides reviews' },
    membership: { organization: union, roles: ['sponsor:reviewer'] },
  },
  {
    sub: 'demo-chen-renshi',
    name: { zh: '陈人事', en: 'Chen of personnel' },
    group: 'employer',
    does: { zh: '企业负责人：团购名额、邀请员工', en: 'Employer manager: buys seats and invites staff' },
    membership: { organization: hotel, roles: ['employer:manager'] },
  },
  {
    sub: 'demo-he-zhuguan',
    name: { zh: '何主管', en: 'Supervisor He' },
    group: 'employer',
    does: { zh: '企业推荐人：推荐和邀请员工', en: 'Employer nominator: nominates and invites staff' },
    membership: { organization: hotel, roles: ['employer:nominator'] },
  },
  {
    sub: 'demo-chen',
    name: { zh: '陈站长', en: 'Operator Chen' },
    group: 'platform',
    does: { zh: '平台运营：导入课程、任命人员', en: 'Platform operator: imports the catalog, appoints people' },
    membership: { organization: 'platform', roles: ['platform:operator'] },
  },
]

/** A demo person by `sub` or by name. */
export function demoPerson(who: string): DemoPerson {
  const found = demoPeople.find(({ sub, name }) => sub === who || name.zh === who || name.en.toLowerCase() === who.toLowerCase())
  if (!found) throw new Error(`no demo person ${who}; there are ${demoPeople.map(({ sub }) => sub).join(', ')}`)
  return found
}
