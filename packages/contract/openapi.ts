import * as z from 'zod/mini'
import { Meeting, Run, Seats, Venue } from './catalog.ts'
import { ImportRemark, ImportReport } from './catalog.routes.ts'
import { Enrollment } from './claim.routes.ts'
import { LearningItem, Obstacle } from './enrollment.routes.ts'
import { bodyExamples, parameterExamples } from './examples.ts'
import { RosterLine } from './learners.routes.ts'
import { Consent, Membership, Notice, Profile, ProfileInput } from './people.routes.ts'
import { refusals, type RefusalCode } from './refusals.ts'
import { isFileBody, isTextAnswer, type Route } from './route.ts'
import { refusalsOf } from './route-refusals.ts'
import { routes } from './routes.ts'
import { Text } from './text.ts'
import { CivilDate, Instant } from './time.ts'

type Json = Record<string, unknown>

/** Schemas that keep a name of their own in the document. */
const named = {
  Text,
  Instant,
  Venue,
  Run,
  Meeting,
  Seats,
  Enrollment,
  LearningItem,
  Obstacle,
  RosterLine,
  ImportRemark,
  ImportReport,
  Membership,
  Profile,
  ProfileInput,
  Consent,
  Notice,
}

const tags = [
  { name: 'catalog', description: '课程目录：余位、名单、状态、导入 · The catalog: seats left, rosters, states, imports' },
  { name: 'enrollment', description: '报名与我的学习 · Claiming a seat and my learning' },
  { name: 'orders', description: '价格、订单、付款与退款 · Prices, orders, payments and refunds' },
  { name: 'files', description: '文件上传、检查与查看 · Uploading, inspecting and looking at files' },
  { name: 'providers', description: '机构入驻、审核、资质与规则 · Providers: applications, reviews, standing and rules' },
  { name: 'waitlist', description: '候补队列与名额邀约 · Waiting lists and offers' },
  { name: 'sponsors', description: '工会、补贴项目、名单与复核 · Unions, programs, rosters and reviews' },
  { name: 'employers', description: '企业提名与团体订单 · Nominations and group orders of employers' },
  { name: 'planning', description: '排课：课程编辑、期次计划、发布、改期 · Planning: courses, runs, publishing and changes' },
  {
    name: 'instructors',
    description: '师资：档案、资格、空闲时间、授课邀约 · Instructors: profiles, qualifications, hours and requests to teach',
  },
  { name: 'attendance', description: '考勤：签到、点名、补传、更正 · Attendance: checking in, taking it, what came late, corrections' },
  {
    name: 'ratings',
    description: '评价：有学时的学员怎么说，机构怎么答 · Ratings: what people with credited hours say, and how providers answer',
  },
  { name: 'payouts', description: '结算单：每期应得、暂扣与原因 · Payout statements: what a run earned, what is held back and why' },
  { name: 'audit', description: '审计：谁在何时改了什么，链是否完整 · The audit: who changed what and when, and whether its chains hold' },
  { name: 'quality', description: '质量：投诉、质量数据、处理措施与申诉 · Quality: complaints, figures, sanctions and appeals' },
  { name: 'notices', description: '通知：列表、未读、偏好、免打扰、邮箱 · Notices: lists, preferences, quiet hours, mail address' },
  { name: 'messages', description: '消息：公告、提问与回复、举报 · Messages: announcements, questions and answers, reports' },
  { name: 'people', description: '个人信息、授权与任命 · Profiles, consents and appointments' },
  { name: 'docs', description: '本文档 · This document' },
]

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `retry` says what to do next; further members belong to the code. 敏感信息不会出现在这里。',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'retry'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: '`urn:request:` and the number of the request' },
    code: { type: 'string' },
    retry: { enum: ['never', 'after-change', 'same-key', 'later'] },
    errors: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
}

/**
 * The OpenAPI 3.1 document of the house, made of the routes and nothing else. `publicUrl` is where problem pages stand, as in
 * `https://skills-supermarket.example`.
 */
export function openApiDocument(publicUrl: string): Json {
  const schemas: Json = { Problem: problemSchema }
  const used = new Set<RefusalCode>()
  const paths: Record<string, Json> = {}
  for (const route of Object.values(routes) as Route[]) {
    refusalsOf(route).forEach((code) => used.add(code))
    ;(paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route, schemas)
  }
  const examples = Object.fromEntries(
    [...used].map((code) => [code, { summary: refusals[code].title.en, value: problemExample(code, publicUrl) }]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Skills Supermarket · 技能培训超市',
      version: '1.0.0',
      summary: 'Find a run, claim a seat, learn · 找课、报名、学习',
      description:
        'Every writing request carries an `Idempotency-Key`: send the same one when you retry, and nothing is done twice. Refusals are problem documents (RFC 9457) in Chinese or English by `Accept-Language`. The gateway itself answers a missing or expired token (401), a body that is too large (413), a timeout (503) and a rate limit (429) with `{"message": …}` and the header `apigw-requestid`.\n\n写入请求必须带 `Idempotency-Key`，重试时使用同一个值就不会重复办理。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api' }],
    tags,
    paths,
    components: {
      schemas,
      examples,
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          description: 'One value per intention; the same again for a retry · 每次操作一个值，重试时不变',
          schema: { type: 'string', minLength: 16, maxLength: 255, pattern: '^[!-+\\--~]+$' },
          example: 'c6f7c9d2-3f0e-4b3a-9a51-0f6d6f4a7f11',
        },
        AcceptLanguage: {
          name: 'Accept-Language',
          in: 'header',
          description: 'zh (default) or en',
          schema: { type: 'string' },
          example: 'zh-CN',
        },
      },
      securitySchemes: {
        person: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of the issuer for this API; roles are read from the house, never from the token.',
        },
      },
    },
  }
}

function operation(route: Route, schemas: Json): Json {
  const description = [whoMay(route), ...signedInWhen(route), `${route.summary.zh} · ${route.summary.en}`].join('\n\n')
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: `${route.summary.zh} · ${route.summary.en}`,
    description,
    security: route.who === 'anyone' ? [] : [{ person: [] }],
    parameters: [
      ...parametersIn('path', route.params, schemas),
      ...parametersIn('query', route.query, schemas),
      ...(route.writes ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
      { $ref: '#/components/parameters/AcceptLanguage' },
    ],
    ...(route.body && { requestBody: { required: true, content: bodyContent(route, schemas) } }),
    responses: { [route.answer.status]: answer(route, schemas), ...problems(route) },
  }
}

/** Who may call, as a sentence in both languages. */
export function whoMay({ who }: Route): string {
  if (who === 'anyone') return '任何人 · Anyone'
  if (who === 'person') return '登录的人 · Any signed-in person'
  return `具有以下角色之一 · One of these roles: ${who.anyOf.join(', ')}`
}

/** How recent a sign-in must be, as a sentence in both languages; nothing where any will do. */
function signedInWhen({ stepUp, stepUpWhen }: Route): string[] {
  if (stepUp === undefined) return []
  const [zh, en] = stepUpWhen ? [`${stepUpWhen.zh}，`, ` ${stepUpWhen.en}`] : ['', '']
  return [`${zh}须在 ${stepUp} 分钟内登录过 · Signed in within the last ${stepUp} minutes${en} (\`auth_time\`, RFC 9470)`]
}

function parametersIn(place: 'path' | 'query', schema: Route['params'], schemas: Json): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', schemas) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    ...((place === 'path' || required.includes(name)) && { required: true }),
    schema: property,
    ...(parameterExamples[name] !== undefined && { example: parameterExamples[name] }),
  }))
}

function bodyContent(route: Route, schemas: Json): Json {
  const { body } = route
  if (isFileBody(body))
    return Object.fromEntries(
      body.file.map((type) => [type, { schema: { type: 'string', contentMediaType: type, maxLength: body.maxBytes } }]),
    )
  const example = bodyExamples[route.name]
  return { 'application/json': { schema: body ? jsonSchema(body, 'input', schemas) : {}, ...(example !== undefined && { example }) } }
}

function answer(route: Route, schemas: Json): Json {
  const { body } = route.answer
  const headers = { 'x-request-id': { description: 'The number of the request · 请求编号', schema: { type: 'string' } } }
  const content = isTextAnswer(body)
    ? { [body.text]: { schema: { type: 'string' } } }
    : { 'application/json': { schema: jsonSchema(body, 'output', schemas) } }
  return { description: `${route.summary.zh} · ${route.summary.en}`, headers, content }
}

/** Refusals by status; each code has its example. */
function problems(route: Route): Json {
  const byStatus = new Map<number, RefusalCode[]>()
  for (const code of refusalsOf(route)) byStatus.set(refusals[code].status, [...(byStatus.get(refusals[code].status) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\` ${refusals[code].title.zh} · ${refusals[code].title.en}`).join('\n\n'),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
          },
        },
      },
    ]),
  )
}

function problemExample(code: RefusalCode, publicUrl: string): Json {
  const { status, title, detail, retry } = refusals[code]
  return {
    type: `${publicUrl}/problems/${code}/`,
    title: title.zh,
    status,
    detail: detail.zh,
    instance: 'urn:request:JKJaXmPLvHcESHA=',
    code,
    retry,
  }
}

const registry = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })

/** The JSON schema of one of ours; named parts move to `schemas` and are referred to. */
function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output', schemas: Json): Json {
  const {
    $schema: _,
    $defs,
    id,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    metadata: registry,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: json }) => {
      if (zodSchema === Instant) json.format = 'date-time'
      if (zodSchema === CivilDate) json.format = 'date'
    },
  }) as Json & { $defs?: Record<string, Json> }
  for (const [name, { id: _id, ...definition }] of Object.entries($defs ?? {})) schemas[name] ??= referred(definition)
  if (typeof id !== 'string') return referred(own)
  schemas[id] ??= referred(own)
  return { $ref: `#/components/schemas/${id}` }
}

const referred = (schema: Json) => JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
