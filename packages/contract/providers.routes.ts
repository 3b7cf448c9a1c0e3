import * as z from 'zod/mini'
import { Application, ApplicationCase, ApplicationFacts, ApplicationLine, ProviderStanding, RuleCode, RuleText } from './applications.ts'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { route } from './route.ts'
import { Text } from './text.ts'
import { CivilDate } from './time.ts'

const base = { tag: 'providers', function: 'provider' } as const
const operators = { ...base, who: { anyOf: ['platform:operator'] } } as const
const one = z.strictObject({ applicationId: idOf('application') })
const said = z.strictObject({ application: Application })
const reason = z.string().check(z.minLength(1), z.maxLength(500))

export const listRules = route({
  name: 'listRules',
  summary: { zh: '平台对培训机构的规则：现行的与已公告的', en: 'The rules for providers: those that hold and those announced' },
  ...base,
  who: 'anyone',
  answer: { status: 200, body: z.strictObject({ current: z.array(RuleText), announced: z.array(RuleText) }) },
  refusals: [],
  cacheSeconds: 60,
})

export const announceRule = route({
  name: 'announceRule',
  summary: { zh: '公告一条规则的新版本（至少提前七天）', en: 'Announce a new version of a rule, seven days ahead at least' },
  ...operators,
  body: z.strictObject({ code: RuleCode, title: Text, text: Text, from: CivilDate }),
  answer: { status: 201, body: RuleText },
  refusals: ['validation-failed', 'busy', 'outcome-unknown'],
})

export const openApplication = route({
  name: 'openApplication',
  summary: { zh: '开始入驻申请', en: 'Begin an application' },
  ...base,
  who: 'person',
  /** `providerId`: a provider that is known already, for its manager; left out for a new one. */
  body: z.strictObject({ providerId: z.optional(idOf('provider')) }),
  answer: { status: 201, body: said },
  refusals: ['application-open', 'busy', 'outcome-unknown'],
})

export const listMyApplications = route({
  name: 'listMyApplications',
  summary: { zh: '我的入驻申请', en: 'My applications' },
  ...base,
  who: 'person',
  answer: { status: 200, body: z.strictObject({ applications: z.array(Application) }) },
  refusals: [],
})

export const saveApplication = route({
  name: 'saveApplication',
  summary: { zh: '保存入驻申请的草稿，可以只存一部分', en: 'Save parts of an application’s draft' },
  ...base,
  who: 'person',
  params: one,
  body: z.strictObject({ version: z.int(), facts: z.partial(ApplicationFacts) }),
  answer: { status: 200, body: said },
  refusals: ['version-conflict', 'illegal-transition', 'application-open', 'busy', 'outcome-unknown'],
})

export const submitApplication = route({
  name: 'submitApplication',
  summary: { zh: '提交入驻申请', en: 'Submit an application' },
  ...base,
  who: 'person',
  params: one,
  body: z.strictObject({ version: z.int() }),
  answer: { status: 200, body: said },
  /** `validation-failed` names every missing piece with its pointer. */
  refusals: ['validation-failed', 'version-conflict', 'illegal-transition', 'application-open', 'busy', 'outcome-unknown'],
})

export const listApplications = route({
  name: 'listApplications',
  summary: { zh: '待审核的入驻申请，等得最久的在前', en: 'Applications that wait, the longest waiting first' },
  ...operators,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(ApplicationLine) },
  refusals: ['invalid-cursor'],
})

export const getApplication = route({
  name: 'getApplication',
  summary: { zh: '一份入驻申请的全部材料', en: 'Everything of one application' },
  ...operators,
  params: one,
  answer: { status: 200, body: ApplicationCase },
  refusals: [],
})

export const decideApplication = route({
  name: 'decideApplication',
  summary: { zh: '审核入驻申请：通过、要求补充或拒绝', en: 'Decide an application: approve, ask for more, refuse' },
  ...operators,
  params: one,
  body: z.strictObject({ to: z.enum(['approved', 'more-asked', 'refused']), reason, version: z.int() }),
  answer: { status: 200, body: said },
  refusals: [
    'validation-failed',
    'version-conflict',
    'illegal-transition',
    'provider-exists',
    'applicant-not-manager',
    'application-open',
    'busy',
    'outcome-unknown',
  ],
})

const provider = z.strictObject({ providerId: idOf('provider') })

export const getStanding = route({
  name: 'getStanding',
  summary: { zh: '机构的资质状态与待确认的规则', en: 'Where a provider stands, and the rules it has to accept' },
  ...base,
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
  params: provider,
  /** Null for a provider that was never approved. */
  answer: { status: 200, body: z.strictObject({ standing: z.nullable(ProviderStanding) }) },
  refusals: [],
})

export const stepStanding = route({
  name: 'stepStanding',
  summary: { zh: '暂停或恢复一家机构', en: 'Suspend or reinstate a provider' },
  ...operators,
  params: provider,
  body: z.strictObject({ to: z.enum(['approved', 'suspended']), reason }),
  answer: { status: 200, body: z.strictObject({ standing: ProviderStanding }) },
  refusals: ['validation-failed', 'provider-sanctioned', 'illegal-transition', 'busy', 'outcome-unknown'],
})

export const acceptRule = route({
  name: 'acceptRule',
  summary: { zh: '机构确认一条规则', en: 'Accept a rule for a provider' },
  ...base,
  who: { anyOf: ['provider:manager'] },
  params: provider,
  body: z.strictObject({ ruleTextId: idOf('ruleText') }),
  answer: { status: 200, body: z.strictObject({ standing: ProviderStanding }) },
  refusals: ['busy', 'outcome-unknown'],
})
