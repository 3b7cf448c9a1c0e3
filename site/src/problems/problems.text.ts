import type { RefusalCode } from '@skills/contract/refusals.ts'

interface Way {
  path: string
  name: string
}

export const problemsText = {
  zh: {
    title: '遇到问题怎么办',
    lead: '办事时可能看到的每一种答复，各有一页说明。',
    what: '这是什么意思',
    next: '接下来可以做什么',
    technical: '给开发者',
    status: (status: number, code: string) => `HTTP ${status}，代码 ${code}`,
    all: '全部答复',
    groups: { people: '报名、付款、候补、资料和登录', makers: '接口与导入（给开发者）' },
    retry: {
      never: '再试一次结果也一样。请看看别的班次，或联系培训机构。',
      'after-change': '按上面的提示改好，再试一次。',
      'same-key': '稍等片刻再点一次同一个按钮，不会重复办理。',
      later: '现在还不行，过一会儿可能就可以了。',
    },
    some: '（当时的内容）',
  },
  en: {
    title: 'When something is refused',
    lead: 'Every answer you may meet, each explained on a page of its own.',
    what: 'What it means',
    next: 'What you can do next',
    technical: 'For developers',
    status: (status: number, code: string) => `HTTP ${status}, code ${code}`,
    all: 'All answers',
    groups: { people: 'Seats, payment, waiting, profile and sign-in', makers: 'API and imports (for developers)' },
    retry: {
      never: 'Trying again will not change it. Look at other runs, or contact the provider.',
      'after-change': 'Put right what is named above, then try again.',
      'same-key': 'Wait a moment and press the same button again. Nothing is done twice.',
      later: 'It is not possible now but may be later.',
    },
    some: '(given at the time)',
  },
}

/** The refusals a person can meet on a page; the rest concern those who write programs. */
export const forPeople: readonly RefusalCode[] = [
  'sold-out',
  'registration-not-open',
  'registration-closed',
  'run-cancelled',
  'already-enrolled',
  'schedule-overlap',
  'condition-not-met',
  'quote-needed',
  'quote-expired',
  'price-changed',
  'payable-too-small',
  'hold-expired',
  'hold-ending',
  'payment-unavailable',
  'too-many-holds',
  'unpaid-too-often',
  'too-many-enrollments',
  'kept-too-often',
  'too-many-queues',
  'cool-down',
  'review-pending',
  'seats-free',
  'already-waiting',
  'not-waiting',
  'waitlist-closed',
  'invoice-title-wrong',
  'cancellation-closed',
  'refund-changed',
  'profile-incomplete',
  'consent-required',
  'id-in-use',
  'mobile-in-use',
  'validation-failed',
  'token-missing',
  'token-expired',
  'step-up-required',
  'forbidden',
  'not-found',
  'busy',
  'outcome-unknown',
  'rate-limited',
  'internal',
]

const toOrders = { zh: { path: '/orders/', name: '去我的订单' }, en: { path: '/orders/', name: 'Go to my orders' } }

/** Where a refusal leads on, when there is a page for it. */
export const waysOf: Partial<Record<RefusalCode, { zh: Way; en: Way }>> = {
  'profile-incomplete': { zh: { path: '/profile/', name: '去补全资料' }, en: { path: '/profile/', name: 'Complete my profile' } },
  'consent-required': {
    zh: { path: '/profile/#consents', name: '去阅读并同意' },
    en: { path: '/profile/#consents', name: 'Read and agree' },
  },
  'already-enrolled': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'schedule-overlap': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'hold-ending': toOrders,
  'payment-unavailable': toOrders,
  'invoice-title-wrong': toOrders,
  'too-many-holds': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'too-many-enrollments': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'too-many-queues': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'already-waiting': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'cancellation-closed': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'refund-changed': { zh: { path: '/learning/', name: '去我的学习' }, en: { path: '/learning/', name: 'Go to My learning' } },
  'token-missing': { zh: { path: '/sign-in/', name: '登录' }, en: { path: '/sign-in/', name: 'Sign in' } },
  'token-expired': { zh: { path: '/sign-in/', name: '登录' }, en: { path: '/sign-in/', name: 'Sign in' } },
  'step-up-required': { zh: { path: '/sign-in/?again=yes', name: '重新登录' }, en: { path: '/sign-in/?again=yes', name: 'Sign in again' } },
  'token-invalid': { zh: { path: '/sign-in/', name: '登录' }, en: { path: '/sign-in/', name: 'Sign in' } },
}
export const otherWay = { zh: { path: '/courses/', name: '去找课程' }, en: { path: '/courses/', name: 'Find courses' } }
