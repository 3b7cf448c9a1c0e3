import { attendanceRefusals } from './attendance-refusals.ts'
import { messageRefusals } from './message-refusals.ts'
import { moneyRefusals } from './money-refusals.ts'
import { payoutRefusals } from './payout-refusals.ts'
import { ratingRefusals } from './rating-refusals.ts'
import { qualityRefusals } from './quality-refusals.ts'
import { entry, type Entry } from './refusal-entry.ts'
import { rosterRefusals } from './roster-refusals.ts'
import { supplyRefusals } from './supply-refusals.ts'

/** What stories refuse: profiles, claiming and giving back, states, imports. */
export const storyRefusals = {
  ...moneyRefusals,
  ...supplyRefusals,
  ...attendanceRefusals,
  ...payoutRefusals,
  ...messageRefusals,
  ...qualityRefusals,
  ...rosterRefusals,
  ...ratingRefusals,

  'profile-incomplete': entry(
    409,
    'after-change',
    '个人信息不完整',
    'Your profile is not complete',
    '请先在个人信息里补全：{fields}。',
    'Complete your profile first: {fields}.',
  ),
  'id-in-use': entry(
    409,
    'after-change',
    '身份证号已被登记',
    'This ID number is already registered',
    '这个身份证号已在另一个账号登记。如果是您本人，请用原账号登录或联系平台。',
    'This ID number belongs to another account. If it is yours, sign in with that account or contact us.',
  ),
  'mobile-in-use': entry(
    409,
    'after-change',
    '手机号已被登记',
    'This mobile number is already registered',
    '这个手机号已在另一个账号登记，请换一个手机号或联系平台。',
    'This mobile number belongs to another account. Use another number or contact us.',
  ),
  'consent-required': entry(
    403,
    'after-change',
    '需要您的同意',
    'Your consent is needed',
    '这项服务必须处理您的身份信息，请先阅读并同意最新版的告知书（{notice}）。',
    'This service must process your identity. Read and accept the current notice ({notice}) first.',
  ),

  'sold-out': entry(
    409,
    'later',
    '名额已满',
    'Sold out',
    '这一期的名额已经满了。有人退出时会空出名额，也可以看看其他期。',
    'All seats of this run are taken. A seat may come free, or look at other runs.',
  ),
  'registration-not-open': entry(
    409,
    'later',
    '报名还没开始',
    'Registration is not open yet',
    '报名将于 {opensAt} 开始，请届时再来。',
    'Registration opens at {opensAt}. Please come back then.',
  ),
  'registration-closed': entry(
    409,
    'never',
    '报名已结束',
    'Registration has closed',
    '这一期的报名已于 {closesAt} 结束，请看看其他期。',
    'Registration for this run closed at {closesAt}. Please look at other runs.',
  ),
  'run-cancelled': entry(
    409,
    'never',
    '这一期已取消',
    'This run was cancelled',
    '培训机构取消了这一期，请看看其他期。',
    'The provider cancelled this run. Please look at other runs.',
  ),
  'already-enrolled': entry(
    409,
    'never',
    '您已报名',
    'You are already enrolled',
    '您已经报名这一期，可在“我的学习”里查看。',
    'You already have a seat in this run; see "My learning".',
  ),
  'schedule-overlap': entry(
    409,
    'after-change',
    '时间冲突',
    'The times overlap',
    '这一期与您已报名的“{with}”时间重叠（{startsAt}）。请先退出其中一期。',
    'This run overlaps "{with}", which you have a seat in ({startsAt}). Leave one of them first.',
  ),
  'condition-not-met': entry(
    409,
    'after-change',
    '不符合报名条件',
    'An entry condition is not met',
    '不符合报名条件：{reasons}',
    'An entry condition is not met: {reasons}',
  ),
  'cancellation-closed': entry(
    409,
    'never',
    '已过退出期限',
    'Too late to leave',
    '最晚可在 {until} 退出，现在已过期限，请联系培训机构。',
    'A seat could be given back until {until}. Please contact the provider.',
  ),
  'illegal-transition': entry(
    409,
    'after-change',
    '当前状态不能这样操作',
    'Not possible in this state',
    '当前状态是“{current}”，只能变为：{allowed}。',
    'The state is "{current}"; it can only become: {allowed}.',
  ),

  'import-rejected': entry(
    422,
    'after-change',
    '文件无法导入',
    'The file cannot be imported',
    '文件无法读取：{reason}。请下载模板核对。',
    'The file cannot be read: {reason}. Compare it with the template.',
  ),
} satisfies Record<string, Entry>
