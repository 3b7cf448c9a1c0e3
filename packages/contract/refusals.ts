import type { Text } from './text.ts'

/** What the caller may do next: nothing, change something, send the same key again, or wait. */
export type Retry = 'never' | 'after-change' | 'same-key' | 'later'

interface Entry {
  status: number
  title: Text
  detail: Text
  retry: Retry
}

const entry = (status: number, retry: Retry, zhTitle: string, enTitle: string, zh: string, en: string): Entry => ({
  status,
  retry,
  title: { zh: zhTitle, en: enTitle },
  detail: { zh, en },
})

/** Every refusal: its stable code, HTTP status, title and the sentence a person can act on. `{…}` is filled from the refusal's members. */
export const refusals = {
  // transport and input
  'malformed-json': entry(
    400,
    'after-change',
    '内容无法读取',
    'The body cannot be read',
    '请求内容不是有效的 JSON，请检查后重新发送。',
    'The body is not valid JSON. Check it and send it again.',
  ),
  'duplicate-parameter': entry(
    400,
    'after-change',
    '参数重复',
    'A parameter is repeated',
    '网址里的参数“{name}”只能出现一次。',
    'The query parameter "{name}" may stand only once.',
  ),
  'sensitive-in-url': entry(
    400,
    'after-change',
    '网址里不能有身份证号或手机号',
    'Personal numbers do not belong in addresses',
    '请不要把身份证号或手机号放在网址里，请改在请求内容中发送。',
    'Do not put ID or phone numbers into an address; send them in the body.',
  ),
  'invalid-cursor': entry(
    400,
    'after-change',
    '翻页标记无效',
    'The page cursor is not valid',
    '翻页标记已过期或被改动，请从第一页重新开始。',
    'The cursor has expired or was changed. Start again from the first page.',
  ),
  'idempotency-key-missing': entry(
    400,
    'after-change',
    '缺少 Idempotency-Key',
    'Idempotency-Key is missing',
    '写入请求必须带 Idempotency-Key，重试时使用同一个值。',
    'A writing request needs an Idempotency-Key; use the same one when you retry.',
  ),
  'idempotency-key-invalid': entry(
    400,
    'after-change',
    'Idempotency-Key 无效',
    'Idempotency-Key is not valid',
    'Idempotency-Key 应为 16 至 255 个可见的英文字符。',
    'An Idempotency-Key is 16 to 255 visible ASCII characters.',
  ),
  'not-found': entry(
    404,
    'never',
    '没有找到',
    'Not found',
    '您要找的内容不存在，或您无权查看。',
    'What you asked for does not exist, or you may not see it.',
  ),
  'method-not-allowed': entry(
    405,
    'never',
    '不支持这个操作',
    'Method not allowed',
    '这个地址不支持该操作。',
    'This address does not take that method.',
  ),
  'not-acceptable': entry(
    406,
    'after-change',
    '无法按要求的格式回答',
    'Not acceptable',
    '请接受 {types} 格式的回答。',
    'Accept an answer of type {types}.',
  ),
  'too-large': entry(
    413,
    'after-change',
    '内容太大',
    'Too large',
    '请求内容不能超过 {maxBytes} 字节，请分成几份发送。',
    'The body may be at most {maxBytes} bytes. Send it in parts.',
  ),
  'unsupported-media-type': entry(
    415,
    'after-change',
    '内容格式不支持',
    'Unsupported media type',
    '请用 {types} 格式发送。',
    'Send it as {types}.',
  ),
  'validation-failed': entry(
    422,
    'after-change',
    '有几处需要修改',
    'Some fields need attention',
    '有 {count} 处内容没有被接受，请按提示修改。',
    '{count} field(s) were not accepted. See each one.',
  ),
  'idempotency-key-reused': entry(
    422,
    'after-change',
    'Idempotency-Key 已用于另一请求',
    'Idempotency-Key was used for something else',
    '这个 Idempotency-Key 已经用于内容不同的请求，请换一个新的。',
    'This Idempotency-Key belongs to a request with another body. Use a new one.',
  ),
  'request-outstanding': entry(
    409,
    'same-key',
    '同一请求正在处理',
    'The same request is in progress',
    '同一请求正在处理，请稍候用同一个 Idempotency-Key 再试。',
    'The same request is still in progress. Try again shortly with the same key.',
  ),
  'rate-limited': entry(
    429,
    'later',
    '操作太频繁',
    'Too many requests',
    '操作太频繁，请稍后再试。',
    'Too many requests. Please wait a little.',
  ),
  // identity
  'token-missing': entry(401, 'after-change', '请先登录', 'Please sign in', '请先登录，再继续操作。', 'Sign in first, then go on.'),
  'token-invalid': entry(
    401,
    'after-change',
    '登录信息无效',
    'The sign-in is not valid',
    '登录信息无效，请重新登录。',
    'This sign-in is not valid. Please sign in again.',
  ),
  'token-expired': entry(
    401,
    'after-change',
    '登录已过期',
    'The sign-in has expired',
    '登录已过期，请重新登录。',
    'The sign-in has expired. Please sign in again.',
  ),
  'identity-unavailable': entry(
    503,
    'later',
    '暂时无法核对登录',
    'Sign-in cannot be checked',
    '暂时无法核对登录信息，请稍后再试。',
    'Sign-ins cannot be checked right now. Try again later.',
  ),
  forbidden: entry(403, 'never', '没有权限', 'Not allowed', '您的账号没有进行这项操作的权限。', 'Your account may not do this.'),
  // profile
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
  // claiming a seat
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
    '这一期与您已报名的“{title}”时间重叠（{startsAt}）。请先退出其中一期。',
    'This run overlaps "{title}", which you have a seat in ({startsAt}). Leave one of them first.',
  ),
  'condition-not-met': entry(
    409,
    'after-change',
    '不符合报名条件',
    'An entry condition is not met',
    '不符合报名条件：{reasons}',
    'An entry condition is not met: {reasons}',
  ),
  'payment-not-open': entry(
    409,
    'later',
    '这一期暂不能在线付款',
    'Online payment is not open',
    '这一期需要付费，网上付款尚未开通，请联系培训机构。',
    'This run has a price and online payment is not open yet. Please contact the provider.',
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
  // import
  'import-rejected': entry(
    422,
    'after-change',
    '文件无法导入',
    'The file cannot be imported',
    '文件无法读取：{reason}。请下载模板核对。',
    'The file cannot be read: {reason}. Compare it with the template.',
  ),
  // ours
  'request-not-through-edge': entry(403, 'never', '请从网站访问', 'Not allowed', '请从网站访问。', 'Please use the public address.'),
  busy: entry(
    503,
    'same-key',
    '系统繁忙',
    'Busy',
    '系统繁忙，请用同一个 Idempotency-Key 稍后再试。',
    'We are busy. Try again shortly with the same key.',
  ),
  'outcome-unknown': entry(
    503,
    'same-key',
    '结果待确认',
    'The outcome is not known yet',
    '暂时无法确认结果，请用同一个 Idempotency-Key 再试，不会重复办理。',
    'The outcome is not known yet. Try again with the same key; nothing is done twice.',
  ),
  internal: entry(
    500,
    'same-key',
    '系统出错',
    'Something went wrong',
    '系统出错了，我们已经收到通知。请稍后再试，并保留请求编号。',
    'Something went wrong and we were told. Try again later and keep the request number.',
  ),
} satisfies Record<string, Entry>

export type RefusalCode = keyof typeof refusals

/** What one field did wrong: where (JSON pointer), a stable code, and a sentence in both languages. Never the value. */
export interface FieldError {
  pointer: string
  code: string
  detail: Text
}

/** A refusal on its way to the caller: a code of the table, with members that fill its sentence and stand in the answer. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly members: Record<string, unknown>
  readonly errors: FieldError[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: RefusalCode, members: Record<string, unknown> = {}, more: { errors?: FieldError[]; retryAfterSeconds?: number } = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.members = members
    this.errors = more.errors ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}
