import { getSeats, importCatalog } from '@skills/contract/catalog.routes.ts'
import { listRoster } from '@skills/contract/learners.routes.ts'
import { claimSeat } from '@skills/contract/claim.routes.ts'
import { cancelEnrollment } from '@skills/contract/enrollment.routes.ts'
import { platformId } from '@skills/contract/ids.ts'
import { exportMe, saveProfile } from '@skills/contract/people.routes.ts'
import type { Role } from '@skills/contract/route.ts'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { api } from './api.ts'
import { on } from './call.ts'
import { now, startIssuer } from './test-issuer.ts'
import type { KeptAnswer, Wiring } from './wiring.ts'

export const runId = 'run_01JD0000000000000000000001'
export const enrollmentId = 'enr_01JD0000000000000000000001'
export const enrollment = {
  id: enrollmentId,
  runId,
  courseId: 'crs_01JD0000000000000000000001',
  state: 'active' as const,
  claimedAt: now,
  cancelledAt: null,
  holdUntil: null,
  orderId: null,
}
export const seats = { runId, capacity: 30, free: 3, registration: 'open' as const, asOf: now }
const report = { written: false, created: 0, changed: 0, unchanged: 0, rejected: 0, remarks: [] }
const none = {
  consents: [],
  enrollments: [],
  unions: [],
  reviews: [],
  waiting: [],
  invitations: [],
  reveals: [],
  complaints: [],
  memberships: [],
  notices: [],
  noticeSettings: null,
  messages: [],
  history: [],
}
const mine = {
  exportedAt: now,
  profile: {},
  calendar: null,
  attendance: { devices: [], runs: [] },
  ratings: [],
  files: [],
  applications: [],
  instructor: null,
  ...none,
}
const unwritten = { realName: null, maskedResidentId: null, maskedMobile: null, region: null, employmentKind: null, unionNumber: null }

/** What a request is sent with, over a good one; headers that are `undefined` are left out. */
export interface Given {
  params?: Record<string, string>
  query?: string
  headers?: Record<string, string | undefined>
  body?: string | Uint8Array
  path?: string
}

/** Leases kept in memory, as the table keeps them. */
function leasesInMemory() {
  const kept = new Map<string, { fingerprint: string; answer?: KeptAnswer }>()
  const leases: NonNullable<Wiring['leases']> = {
    async begin({ id, fingerprint }) {
      const before = kept.get(id)
      if (before === undefined) {
        kept.set(id, { fingerprint })
        return 'started'
      }
      if (before.fingerprint !== fingerprint) return 'reused'
      return before.answer === undefined ? 'outstanding' : { answer: before.answer }
    },
    async finish({ id, fingerprint }, _, answer) {
      kept.set(id, { fingerprint, answer })
    },
    async abandon({ id }) {
      kept.delete(id)
    },
  }
  return { kept, leases }
}

/** An API of real routes whose stories say what they were told; `state` decides the caller's roles and what the stories throw. */
export async function startApi() {
  const issuer = await startIssuer()
  const bearer = `Bearer ${await issuer.token()}`
  const state = { roles: [] as Role[], throwing: undefined as unknown, paysBack: false, told: [] as unknown[], lines: [] as string[] }
  const { kept, leases } = leasesInMemory()
  const tell = <T>(call: unknown, answer: T): T => {
    state.told.push(call)
    if (state.throwing !== undefined) throw state.throwing
    return answer
  }
  const wiring: Wiring = {
    config: issuer.config,
    now: () => now,
    membershipsOf: async () => (state.roles.length > 0 ? [{ organizationId: platformId, roles: state.roles }] : []),
    leases,
    write: (line) => state.lines.push(line),
  }
  const handler = api(wiring, [
    on(claimSeat, (call) => tell(call, { ...enrollment, claimedAt: call.body.healthCommitment ? now : 'yesterday' })),
    on(
      cancelEnrollment,
      (call) => tell(call, enrollment),
      () => state.paysBack,
    ),
    on(exportMe, (call) => tell(call, mine)),
    on(saveProfile, (call) =>
      tell(call, { personId: call.actor.personId, ...unwritten, education: null, certificates: [], missing: [], updatedAt: null }),
    ),
    on(getSeats, (call) => tell(call, { seats: call.query.runs.map((id) => ({ ...seats, runId: id })) })),
    on(listRoster, (call) => tell(call, { items: [], next: call.page.after === undefined ? 'ROSTER#7' : null })),
    on(importCatalog, (call) =>
      tell(call, { ...report, importId: 'imp_01JD0000000000000000000001', encoding: 'utf-8', rows: call.body.length }),
    ),
  ])

  /** Sends a request as API Gateway hands it over. */
  async function send(routeKey: string, given: Given = {}) {
    Object.assign(state, { lines: [], told: [] })
    const [method = 'GET', path = '/nowhere'] = routeKey === '$default' ? ['GET', given.path] : routeKey.split(' ')
    const bytes = given.body !== undefined && typeof given.body !== 'string'
    const writing = method !== 'GET' && { 'idempotency-key': 'key-0000-0000-0001', 'content-type': 'application/json' }
    const headers = { 'x-origin-secret': issuer.config.originSecret, authorization: bearer, ...writing, ...given.headers }
    const event = {
      version: '2.0',
      routeKey,
      rawPath: `/api${path}`,
      rawQueryString: given.query ?? '',
      headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
      pathParameters: given.params,
      requestContext: { requestId: 'request-1', stage: 'api', http: { method } },
      ...(given.body !== undefined && { body: bytes ? Buffer.from(given.body).toString('base64') : given.body }),
      isBase64Encoded: bytes,
    } as unknown as APIGatewayProxyEventV2
    const answer = await handler(event, { functionName: 'test' } as Context)
    const body = JSON.parse(answer.body) as Record<string, unknown> & { errors?: { pointer: string; code: string }[] }
    const line = JSON.parse(state.lines[0] ?? '{}') as Record<string, unknown>
    return { status: answer.statusCode, headers: answer.headers, body, code: body['code'], line }
  }
  const claim = (given: Given = {}) =>
    send('POST /runs/{runId}/enrollments', { params: { runId }, body: '{"healthCommitment":true}', ...given })
  const roster = (given: Given = {}) => send('GET /runs/{runId}/roster', { params: { runId }, ...given })
  /** The next requests are of a person with these roles, and the stories throw this. */
  const reset = (roles: Role[] = [], throwing?: unknown) => void Object.assign(state, { roles, throwing })
  return { issuer, state, kept, send, claim, roster, reset }
}
