import { platformId } from '@skills/contract/ids.ts'
import { roles, type Role } from '@skills/contract/route.ts'
import { routes } from '@skills/contract/routes.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { consentNotices } from '@skills/core/people/consent.ts'
import { checkCharacter } from '@skills/core/people/resident-id.ts'
import { readItem } from '@skills/core/table.ts'
import { personIdOf } from '@skills/http/person.ts'
import { expect } from 'vitest'
import { cloud, operator, send, table, type Answer, type Given } from './requests.ts'

/** Everybody who may stand before a route: nobody signed in, a person without a role, and a person for each role. */
export const callers = ['anyone', 'person', ...roles] as const
export type Caller = (typeof callers)[number]

export interface Person {
  token: string
  personId: string
  /** Enrollments of their own: one to keep, one to give back. */
  keeps: string
  leaves: string
  /** An order that waits for payment. */
  orderId: string
}

/** Two providers with a course and two runs each; everybody of `callers` works for the first one and is enrolled in both of its runs. */
export interface Scene {
  people: Record<Exclude<Caller, 'anyone'>, Person>
  stranger: Person
  own: Record<'runId' | 'courseId', string>
  others: Record<'runId' | 'courseId', string>
  /** The one meeting of each run above. */
  meetings: Record<'own' | 'others', string>
  calendarSecret: string
  /** A question that the stranger asked in a run of the first provider; not hers any more are its answers. */
  threadId: string
  /** The stranger as an instructor, with a qualification to be verified. */
  teacher: Record<'instructorId' | 'qualificationId', string>
  /** A run with a price, for which the own union set money aside. */
  paidRunId: string
  /** An employer's group order with an invitation, cancelled again: so nothing of it moves any more. */
  groups: Record<'own' | 'others', Group>
  providers: Record<'own' | 'others', string>
  /** To be issued by the own provider for the own group order. */
  invoiceId: string
  unions: Record<'own' | 'others', Union>
}

interface Group {
  groupOrderId: string
  invitationId: string
}

interface Union {
  sponsorId: string
  programId: string
  voucherId: string
  /** A review that a stranger asked for; only the own union has one. */
  reviewId: string
}

const headings =
  'provider_code,provider_name,provider_about,provider_region,course_code,title,summary,audience,industry,family,delivery,theory_hours,practice_hours,fee_yuan,course_state,run_code,run_name,opens_at,closes_at,capacity,price_yuan,meetings,run_state'
const row = (provider: string, run: string, day: string, yuan = 0) =>
  `${provider},${provider} 学校,合同测试,海口市,COURSE,合同测试课程,简介,职工,旅游业,培训结业,直播,2,0,0,发布,${run},${run},2020-01-01 09:00,2098-12-31 18:00,50,${yuan},2099-03-${day} 09:00-11:00 直播,发布`
export const sheet = `${headings}\r\n${row('CONTRACT-OWN', 'KEEP', '01')}\r\n${row('CONTRACT-OWN', 'LEAVE', '02')}\r\n${row('CONTRACT-OWN', 'PAID', '05', 100)}\r\n${row('CONTRACT-OTHER', 'KEEP', '03')}\r\n${row('CONTRACT-OTHER', 'LEAVE', '04')}\r\n`

const idOf = async (kind: string, provider: string, code: string) =>
  String((await readItem(table(), keys.code.key(kind, provider, code)))?.['id'])

/** Sends and expects what is said; the answer's body comes back. */
async function done(status: number, answer: Promise<Answer>): Promise<Answer['body']> {
  const { status: given, text, body } = await answer
  expect([given, text]).toEqual([status, text])
  return body
}

export async function buildScene(): Promise<Scene> {
  await done(200, send(routes.importCatalog, operator(), { query: 'write=yes', body: sheet }))
  const [ownProvider, ownCourse, keep, leave, paid, otherCourse, otherKeep, otherLeave] = await Promise.all([
    idOf('provider', 'all', 'CONTRACT-OWN'),
    idOf('course', 'CONTRACT-OWN', 'COURSE'),
    idOf('run', 'CONTRACT-OWN', 'KEEP'),
    idOf('run', 'CONTRACT-OWN', 'LEAVE'),
    idOf('run', 'CONTRACT-OWN', 'PAID'),
    idOf('course', 'CONTRACT-OTHER', 'COURSE'),
    idOf('run', 'CONTRACT-OTHER', 'KEEP'),
    idOf('run', 'CONTRACT-OTHER', 'LEAVE'),
  ])
  const organizations: Record<string, string> = {
    provider: ownProvider,
    platform: platformId,
    sponsor: 'spo_01KAJ3V0M0AAAAAAAAAAAAAAAA',
    employer: 'emp_01KAJ3V0M0AAAAAAAAAAAAAAAA',
  }
  const namespace = await namespaceOf()

  const people = {} as Scene['people']
  for (const caller of callers) {
    if (caller === 'anyone') continue
    const person = await enroll(caller, namespace, [keep, leave], paid)
    people[caller] = person
    if (caller === 'person') continue
    const params = { personId: person.personId, organizationId: organizations[caller.split(':')[0] ?? ''] ?? '' }
    await done(
      200,
      send(routes.saveMembership, operator(), {
        params,
        body: JSON.stringify({ organizationName: { zh: '合同测试', en: 'Contract tests' }, roles: [caller satisfies Role] }),
      }),
    )
  }
  const stranger = await enroll('stranger', namespace, [otherKeep, otherLeave], paid)
  const asker = await enroll('asker', namespace, [keep, leave], paid)
  const { id: threadId } = await done(201, send(routes.askQuestion, asker.token, { params: { runId: keep } }))
  const { path } = await done(201, send(routes.openCalendar, stranger.token))
  const teacher = await makeTeacher(stranger.token)
  const own = await makeUnion(organizations['sponsor'] ?? '')
  await done(201, send(routes.allocate, operator(), { params: own, body: JSON.stringify({ runId: paid, seats: 1, fen: 50_000 }) }))
  const asked = { programId: own.programId, statement: '请复核' }
  const { reviewId } = await done(201, send(routes.askReview, stranger.token, { params: { runId: paid }, body: JSON.stringify(asked) }))
  const others = await makeUnion('spo_01KAJ3V0M0AAAAAAAAAAAAAAAE')
  const groups = {
    own: await makeGroup(organizations['employer'] ?? '', paid),
    others: await makeGroup('emp_01KAJ3V0M0AAAAAAAAAAAAAAAB', paid),
  }
  await cloud().invoke('settle-payments', null)
  const { items } = await done(200, send(routes.listInvoices, operator(), { params: { providerId: ownProvider } }))
  return {
    paidRunId: paid,
    groups,
    providers: { own: ownProvider, others: await idOf('provider', 'all', 'CONTRACT-OTHER') },
    invoiceId: (items as { id: string }[])[0]?.id ?? '',
    unions: { own: { ...own, reviewId: String(reviewId) }, others: { ...others, reviewId: String(reviewId) } },
    people,
    stranger,
    own: { runId: keep, courseId: ownCourse },
    others: { runId: otherKeep, courseId: otherCourse },
    meetings: { own: await meetingOf(keep), others: await meetingOf(otherKeep) },
    teacher,
    threadId: String(threadId),
    calendarSecret: String(path).split('/').at(-1) ?? '',
  }
}

/** The first meeting of a run. */
async function meetingOf(runId: string): Promise<string> {
  return runOf(await readItem(table(), keys.run.key(runId)))?.run.meetings[0]?.id ?? ''
}

/** Somebody's profile as an instructor, with a qualification that waits for an operator. */
async function makeTeacher(token: string): Promise<Scene['teacher']> {
  await done(200, send(routes.saveMyInstructor, token))
  const { instructor } = await done(201, send(routes.claimQualification, token))
  const { id, qualifications } = instructor as { id: string; qualifications: { id: string }[] }
  return { instructorId: id, qualificationId: qualifications[0]?.id ?? '' }
}

/** A union with a program, a thousand yuan in it and a voucher. */
async function makeUnion(sponsorId: string) {
  await done(200, send(routes.saveSponsor, operator(), { params: { sponsorId } }))
  const { program } = (await done(201, send(routes.createProgram, operator(), { params: { sponsorId } }))) as { program?: { id: string } }
  const programId = program?.id ?? ''
  await done(201, send(routes.moveMoney, operator(), { params: { programId } }))
  const { voucher } = (await done(201, send(routes.issueVoucher, operator(), { params: { programId } }))) as { voucher?: { id: string } }
  return { sponsorId, programId, voucherId: voucher?.id ?? '' }
}

/** Buys a seat for an employer, invites somebody nobody knows, and cancels, as the operator may. */
async function makeGroup(employerId: string, runId: string): Promise<Group> {
  const body = JSON.stringify({ runId, seats: 1, payBy: 'transfer', invoiceTitle: null })
  const { id, totalFen } = await done(201, send(routes.createGroupOrder, operator(), { params: { employerId }, body }))
  const params = { groupOrderId: String(id) }
  const evidence = `CONTRACT ${employerId}`
  await done(200, send(routes.recordTransfer, operator(), { params, body: JSON.stringify({ fen: totalFen, evidence }) }))
  const { invitations } = await done(201, send(routes.invite, operator(), { params }))
  await done(200, send(routes.cancelGroupOrder, operator(), { params }))
  return { groupOrderId: String(id), invitationId: (invitations as { id: string }[])[0]?.id ?? '' }
}

/** What the functions make person ids with, learned from a person whose id the house says. */
async function namespaceOf(): Promise<string> {
  const { personId } = await done(200, send(routes.getMe, operator()))
  const known =
    cloud()
      .functions.all.map(({ config }) => config.env['PERSON_NAMESPACE'])
      .find((value) => value !== undefined) ?? ''
  expect(personId).toBe(personIdOf(known, 'contract-operator'))
  return known
}

let registered = 0

/** Consents, fills in a profile, claims a seat in each run and holds one in a run with a price, all over HTTP. */
async function enroll(who: string, namespace: string, runs: string[], paid: string): Promise<Person> {
  const sub = `contract-${who}`
  const token = cloud().tokenFor(sub)
  const digits = `99000019900101${String((registered += 1)).padStart(3, '0')}`
  const profile = {
    realName: '测试员',
    residentId: digits + checkCharacter(digits),
    mobile: `1990001${digits.slice(-4)}`,
    region: '460100',
    employmentKind: 'employee',
  }
  const consent = { given: true, noticeVersion: consentNotices.identity.version }
  await done(200, send(routes.saveConsent, token, { params: { purpose: 'identity' }, body: JSON.stringify(consent) }))
  await done(200, send(routes.saveProfile, token, { body: JSON.stringify(profile) }))
  const ids: string[] = []
  for (const runId of runs) ids.push(String((await done(201, send(routes.claimSeat, token, { params: { runId } } satisfies Given)))['id']))
  const { quote } = await done(200, send(routes.getPrice, token, { params: { runId: paid } }))
  const held = await done(201, send(routes.claimSeat, token, { params: { runId: paid }, body: JSON.stringify({ quote }) }))
  return { token, personId: personIdOf(namespace, sub), keeps: ids[0] ?? '', leaves: ids[1] ?? '', orderId: String(held['orderId']) }
}
