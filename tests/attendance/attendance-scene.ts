import type { Actor } from '@skills/contract/actor.ts'
import { codeAt, windowOf, type CodeKind, type ScreenCode } from '@skills/contract/attendance-code.ts'
import { answerText, deviceIdOf, lateText, makePass, registerText, signText, type DeviceKey } from '@skills/contract/device-texts.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { secretOf } from '@skills/core/attendance/judge-code.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { seatMemory } from '@skills/core/enrollment/seat-memory.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import type { World } from '@skills/core/world.ts'
import { askCheckIn, checkIn } from '@skills/functions/attendance/check-in.ts'
import { askOverride, decideOverride } from '@skills/functions/attendance/correct-attendance.ts'
import { sendLateCodes } from '@skills/functions/attendance/late-codes.ts'
import type { OfMeeting } from '@skills/functions/attendance/meeting-of.ts'
import { listAttendance } from '@skills/functions/attendance/meeting-roster.ts'
import { listMyAttendance } from '@skills/functions/attendance/my-attendance.ts'
import { registerDevice } from '@skills/functions/attendance/my-device.ts'
import { sendScans } from '@skills/functions/attendance/send-scans.ts'
import { openAttendance, openCheck } from '@skills/functions/attendance/take-attendance.ts'
import { claimSeat } from '@skills/functions/enrollment/claim-seat.ts'
import { actor, makePeople, quoteSecret } from '../enrollment/claim-scene.ts'
import { fresh } from '../instructor/instructor-scene.ts'

export const secretKey = 'makes the secrets of meetings in tests'

/** A phone: its key, which never leaves it, and what it is called. */
export interface Phone {
  id: string
  key: DeviceKey
  secret: CryptoKey
}

export async function makePhone(): Promise<Phone> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as DeviceKey
  const key = { kty, crv, x, y }
  return { key, id: await deviceIdOf(key), secret: pair.privateKey }
}

export interface Worker {
  personId: string
  actor: Actor
  enrollmentId: string
  phone: Phone
}

export const claim = (world: World, personId: string, runId: string) =>
  claimSeat(
    { world, memory: seatMemory(world), quoteSecret },
    { actor: actor(personId), command: fresh('claimSeat'), params: { runId }, body: {} },
  )

export const register = async (world: World, personId: string, phone: Phone, signer = phone) =>
  registerDevice(world, {
    actor: actor(personId),
    command: fresh('registerDevice'),
    body: { key: phone.key, signature: await signText(signer.secret, registerText(personId, phone.id)) },
  })

/** People with a seat in a run and a phone of their own. */
export async function makeWorkers(world: World, { run }: RunItem, count: number): Promise<Worker[]> {
  const people = await makePeople(world, count)
  const workers: Worker[] = []
  for (const personId of people) {
    const { id } = await claim(world, personId, run.id)
    const phone = await makePhone()
    await register(world, personId, phone)
    workers.push({ personId, actor: actor(personId), enrollmentId: id, phone })
  }
  return workers
}

/** Somebody with a role for a provider. */
export async function makeStaff(
  world: World,
  providerId: string,
  role: 'provider:manager' | 'provider:registrar' | 'provider:instructor',
): Promise<Actor> {
  const personId = world.id('person')
  const organizationName = { zh: '海口示范培训学校', en: 'Haikou Model School' }
  await writeMembership(
    world,
    undefined,
    'system:test',
    personId,
    { organizationId: providerId, organizationName, roles: [role] },
    undefined,
  )
  return actor(personId)
}

export const paramsOf = ({ run }: RunItem, place = 0): OfMeeting => ({ runId: run.id, meetingId: run.meetings[place]?.id ?? '' })

/** What stands on the screen at an instant. */
export async function onScreen(of: OfMeeting, kind: CodeKind, at: string): Promise<ScreenCode> {
  const window = windowOf(at)
  return { ...of, kind, window, code: await codeAt(secretOf(secretKey, of.runId, of.meetingId), of.meetingId, kind, window) }
}

export const ask = (world: World, who: Pick<Worker, 'actor'>, of: OfMeeting, code: string, phone: Pick<Phone, 'id'>) =>
  askCheckIn({ world, secretKey }, { actor: who.actor, params: of, query: { code, device: phone.id } })

export const answer = async (world: World, who: Pick<Worker, 'actor'>, of: OfMeeting, challenge: string, phone: Pick<Phone, 'secret'>) =>
  checkIn(
    { world, secretKey },
    {
      actor: who.actor,
      command: fresh('checkIn'),
      params: of,
      body: { challenge, signature: await signText(phone.secret, answerText(challenge)) },
    },
  )

/** Scans what stands on the screen now and answers, as the page does. */
export async function scan(world: World, who: Worker, of: OfMeeting, kind: CodeKind) {
  const { code } = await onScreen(of, kind, world.now())
  const { challenge } = await ask(world, who, of, code, who.phone)
  return answer(world, who, of, challenge, who.phone)
}

/** What a phone keeps of a code it saw without a network; `clock` is by how many minutes its clock is ahead. */
export async function kept(who: Worker, of: OfMeeting, kind: CodeKind, at: string, clock = 0) {
  const screen = await onScreen(of, kind, at)
  const seen = plusMinutes(at, clock)
  return { ...screen, at: seen, deviceId: who.phone.id, signature: await signText(who.phone.secret, lateText(screen, seen)) }
}

export const sendLate = async (world: World, who: Pick<Worker, 'actor'>, codes: Awaited<ReturnType<typeof kept>>[]) =>
  (await sendLateCodes({ world, secretKey }, { actor: who.actor, body: { codes } })).results

export const pass = (who: Worker, at: string, kind: 'in' | 'out' = 'in') => makePass(who.phone.secret, { deviceId: who.phone.id, at, kind })

export const send = async (
  world: World,
  by: Actor,
  of: OfMeeting,
  scans: { pass: string; kind: 'in' | 'out'; scannedAt: string }[],
  deviceNow = world.now(),
) => (await sendScans({ world, secretKey }, { actor: by, params: of, body: { deviceNow, scans } })).results

export const open = (world: World, by: Actor, of: OfMeeting) =>
  openAttendance({ world, secretKey }, { actor: by, command: fresh('openAttendance'), params: of })
export const check = (world: World, by: Actor, of: OfMeeting) =>
  openCheck({ world, secretKey }, { actor: by, command: fresh('openCheck'), params: of })

export const correct = (
  world: World,
  by: Actor,
  of: OfMeeting,
  { enrollmentId }: Pick<Worker, 'enrollmentId'>,
  present: boolean,
  times: { from?: string; to?: string } = {},
) =>
  askOverride(
    { world, secretKey },
    { actor: by, command: fresh('askOverride'), params: of, body: { enrollmentId, present, reason: '手机没电', ...times } },
  )
export const decide = (
  world: World,
  by: Actor,
  of: OfMeeting,
  checkInId: string,
  { enrollmentId }: Pick<Worker, 'enrollmentId'>,
  confirm = true,
) =>
  decideOverride(
    { world, secretKey },
    { actor: by, command: fresh('decideOverride'), params: { ...of, checkInId }, body: { enrollmentId, confirm } },
  )

export const roster = async (world: World, by: Actor, of: OfMeeting) =>
  (await listAttendance({ world, secretKey }, { actor: by, params: of, page: { limit: 100, after: undefined } })).items
export const lineOf = async (world: World, by: Actor, of: OfMeeting, { enrollmentId }: Pick<Worker, 'enrollmentId'>) => {
  const line = (await roster(world, by, of)).find((one) => one.enrollmentId === enrollmentId)
  if (line === undefined) throw new Error('no such line')
  return line.presence
}
export const mine = async (world: World, { actor: who }: Pick<Worker, 'actor'>) =>
  (await listMyAttendance({ world, secretKey }, { actor: who, page: { limit: 50, after: undefined } })).items

/** The refusal's code, or `done`. */
export async function told(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )
}

/** What the books say, without the outbox, which no stream empties here. */
export async function books(world: World) {
  return violations(
    (await scanTable(world.table)).filter(({ pk }) => !pk.startsWith('OUTBOX#')),
    world.now(),
  )
}
