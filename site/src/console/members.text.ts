import type { Role } from '@skills/contract/route.ts'

/** What the list of those who act for an organization says. */
export const membersText: Record<'zh' | 'en', MembersWords> = {
  zh: {
    title: '人员',
    lead: '谁现在代表这个机构、能做什么。任命、变更和解除都会留下记录，并通知本人和各位负责人。',
    list: '现在代表这个机构的人',
    you: '（您）',
    noName: '还没有填写资料',
    since: (day) => `${day} 任命`,
    change: '变更角色',
    changeOf: (who) => `变更角色：${who}`,
    end: '解除',
    endOf: (who) => `解除：${who}`,
    none: '还没有人代表这个机构',
    noneHint: '在下面任命第一位负责人。',
    appoint: '任命一个人',
    changing: '变更角色',
    person: '个人编号',
    personHint: '请对方登录后打开“我的”页面，在“账号”里复制个人编号（per_ 开头）发给您。',
    needPerson: '请粘贴完整的个人编号：per_ 加 26 位。',
    roles: '可以做什么',
    needRole: '请至少选择一个角色。',
    nameZh: '机构名称（中文）',
    nameEn: '机构名称（英文）',
    needName: '请填写机构名称。',
    save: '任命',
    saveChange: '保存变更',
    saved: '已任命，并已通知。',
    changed: '已变更，并已通知。',
    sure: (who) => `解除“${who}”的任命？`,
    sureHint: '解除后立即不能再代表本机构办理任何事情；本人和各位负责人会收到通知。以后可以重新任命。',
    sureOwn: '这是您自己的任命。解除后您不能再打开本机构的工作台。',
    ended: '已解除，并已通知。',
    names: {
      'platform:operator': '平台运营：审核、裁决、查审计',
      'provider:manager': '机构负责人：管理人员、课程、期次、结算',
      'provider:registrar': '教务：查看学员、记考勤、答复',
      'provider:instructor': '师资：上课、记考勤',
      'sponsor:manager': '工会负责人：管理人员、项目、拨款',
      'sponsor:reviewer': '复核人：查看、处理复核',
      'employer:manager': '企业负责人：管理人员、团购、付款',
      'employer:nominator': '推荐人：推荐员工、发邀请',
    },
  },
  en: {
    title: 'People',
    lead: 'Who acts for this organization now, and what each may do. Every appointment, change and end is recorded; the person and everybody who manages the organization are told.',
    list: 'Who acts for this organization now',
    you: ' (you)',
    noName: 'No profile yet',
    since: (day) => `appointed on ${day}`,
    change: 'Change roles',
    changeOf: (who) => `Change roles: ${who}`,
    end: 'End',
    endOf: (who) => `End: ${who}`,
    none: 'Nobody acts for this organization yet',
    noneHint: 'Appoint its first manager below.',
    appoint: 'Appoint somebody',
    changing: 'Change roles',
    person: 'Personal number',
    personHint:
      'Ask your colleague to sign in, open “Me”, copy the personal number under “Account” (it begins with per_) and send it to you.',
    needPerson: 'Paste the whole personal number: per_ and 26 characters.',
    roles: 'What she or he may do',
    needRole: 'Choose one role at least.',
    nameZh: 'Name of the organization in Chinese',
    nameEn: 'Name of the organization in English',
    needName: 'Say what the organization is called.',
    save: 'Appoint',
    saveChange: 'Save',
    saved: 'Appointed; those concerned were told.',
    changed: 'Changed; those concerned were told.',
    sure: (who) => `End the appointment of “${who}”?`,
    sureHint:
      'From that moment nothing can be done for this organization any more; the person and its managers are told. A new appointment is possible later.',
    sureOwn: 'This is your own appointment: you will no longer be able to open this organization’s console.',
    ended: 'Ended; those concerned were told.',
    names: {
      'platform:operator': 'Platform operator: reviews, decisions, audit',
      'provider:manager': 'Manager: people, courses, runs, payouts',
      'provider:registrar': 'Registrar: learners, attendance, answers',
      'provider:instructor': 'Instructor: teaching, attendance',
      'sponsor:manager': 'Manager: people, programs, allocations',
      'sponsor:reviewer': 'Reviewer: looking on, reviews',
      'employer:manager': 'Manager: people, group orders, payment',
      'employer:nominator': 'Nominator: nominations, invitations',
    },
  },
}

interface MembersWords extends Record<
  | ('list' | 'title' | 'lead' | 'you' | 'noName' | 'change' | 'end' | 'none' | 'noneHint' | 'appoint')
  | ('changing' | 'person' | 'personHint' | 'needPerson' | 'roles' | 'needRole' | 'nameZh' | 'nameEn' | 'needName' | 'save')
  | ('saveChange' | 'saved' | 'changed' | 'sureHint' | 'sureOwn' | 'ended'),
  string
> {
  since: (day: string) => string
  changeOf: (who: string) => string
  endOf: (who: string) => string
  sure: (who: string) => string
  names: Record<Role, string>
}
