import type { Text } from '@skills/contract/text.ts'

/** What the end of a chain's name says that it is about. */
const parts: [RegExp, Text][] = [
  [/\/CONSENT#/, { zh: '授权', en: 'Consent' }],
  [/\/MEMBERSHIP#/, { zh: '任命', en: 'Appointment' }],
  [/\/UNION$/, { zh: '工会名单标记', en: 'Union flag' }],
  [/\/EXPORTS$/, { zh: '导出', en: 'Exports' }],
  [/\/ROSTERS$/, { zh: '工会名单', en: 'Union roster' }],
  [/\/REVEALS$/, { zh: '查看学员信息', en: 'Look at a learner’s data' }],
  [/\/AUDIT-SEARCHES$/, { zh: '审计查询', en: 'Audit searches' }],
  [/\/NOTICE-SETTINGS$/, { zh: '通知设置', en: 'Notice settings' }],
  [/\/STANDING$/, { zh: '机构资格', en: 'Standing of a provider' }],
  [/\.crew$/, { zh: '师资和教室安排', en: 'Instructors and rooms' }],
  [/\.register$/, { zh: '考勤簿', en: 'Register' }],
  [/\.payout(-\d+)?$/, { zh: '结算', en: 'Payout' }],
  [/\.credit$/, { zh: '学时', en: 'Credited hours' }],
  [/\.devices$/, { zh: '签到设备', en: 'Devices' }],
  [/^mtg_\w+\.per_/, { zh: '出勤', en: 'Attendance' }],
  [/^teaching-calendar-/, { zh: '授课日历', en: 'Teaching calendar' }],
  [/^calendar-/, { zh: '日历订阅', en: 'Calendar' }],
]

/** What the prefix of an id says. */
const kinds: Record<string, Text> = {
  per: { zh: '个人信息', en: 'Profile' },
  prv: { zh: '培训机构', en: 'Provider' },
  spo: { zh: '工会', en: 'Union' },
  emp: { zh: '用人单位', en: 'Employer' },
  ven: { zh: '场地', en: 'Venue' },
  crs: { zh: '课程', en: 'Course' },
  run: { zh: '班次', en: 'Run' },
  enr: { zh: '报名', en: 'Enrollment' },
  apl: { zh: '入驻申请', en: 'Application' },
  fil: { zh: '文件', en: 'File' },
  rul: { zh: '平台规则', en: 'Rules' },
  prg: { zh: '补贴项目', en: 'Program' },
  alc: { zh: '资金安排', en: 'Allocation' },
  vch: { zh: '培训券', en: 'Voucher' },
  rev: { zh: '补贴复核', en: 'Subsidy review' },
  wle: { zh: '候补', en: 'Place in a queue' },
  gro: { zh: '团购订单', en: 'Group order' },
  ivc: { zh: '发票申请', en: 'Invoice request' },
  ins: { zh: '师资', en: 'Instructor' },
  mat: { zh: '资金异常', en: 'Money to look at' },
  rat: { zh: '评价', en: 'Rating' },
  cmp: { zh: '投诉', en: 'Complaint' },
  snc: { zh: '处理决定', en: 'Sanction' },
  thr: { zh: '消息', en: 'Thread of messages' },
}

/** What a chain is about, by its name. */
export function auditNoun(entity: string): Text {
  const part = parts.find(([shape]) => shape.test(entity))?.[1]
  return part ?? kinds[entity.slice(0, 3)] ?? { zh: '对象', en: 'Thing' }
}
