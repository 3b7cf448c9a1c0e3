import { codeAt, windowOf } from '@skills/contract/attendance-code.ts'
import { answerText, signText } from '@skills/contract/device-texts.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Actor } from '@skills/contract/actor.ts'
import { secretOf } from '@skills/core/attendance/judge-code.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import { checkIn } from '@skills/functions/attendance/check-in.ts'
import type { OfMeeting } from '@skills/functions/attendance/meeting-of.ts'
import { getCode } from '@skills/functions/attendance/take-attendance.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { actor, makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { fresh } from '../instructor/instructor-scene.ts'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import {
  answer,
  ask,
  books,
  check,
  correct,
  decide,
  kept,
  lineOf,
  makePhone,
  makeStaff,
  makeWorkers,
  onScreen,
  open,
  paramsOf,
  pass,
  register,
  scan,
  secretKey,
  send,
  sendLate,
  told,
  type Worker,
} from './attendance-scene.ts'

const start = '2026-12-01T02:00:00.000Z'
let stop: () => Promise<void>
let world: TestWorld
let run: RunItem
let of: OfMeeting
let ann: Worker
let ben: Worker
let teacher: Actor

beforeAll(async () => {
  const started = await startTable('attendance-attacks')
  stop = started.stop
  world = testWorld(started.table, start)
})
afterAll(() => stop())
/** Each attack has a run of its own, with two people in it, and comes five minutes after its beginning at half past six. */
beforeEach(async () => {
  world.moveTo(start)
  run = await makeRun(world, { date: '2026-12-20', opensAt: start })
  of = paramsOf(run)
  ;[ann, ben] = (await makeWorkers(world, run, 2)) as [Worker, Worker]
  teacher = await makeStaff(world, run.run.providerId, 'provider:instructor')
  world.moveTo(clock('18:35'))
  await open(world, teacher, of)
})
const clock = (time: string) => instantOf(run.run.meetings[0]?.startsAt.slice(0, 10) ?? '', time)
const seconds = (count: number) => world.moveTo(new Date(Date.parse(world.now()) + count * 1000).toISOString())

test('the plain way: scanned, answered, shown with its time', async () => {
  expect(await scan(world, ann, of, 'in')).toMatchObject({ kind: 'in', at: clock('18:35'), presence: { state: 'here', minutes: 0 } })
  world.moveTo(clock('20:31'))
  expect(await scan(world, ann, of, 'out')).toMatchObject({ kind: 'out', presence: { state: 'left', minutes: 120, lateMinutes: 0 } })
  expect(await books(world)).toEqual([])
})

test('a forwarded screenshot: taken while it stands there and ten seconds more, then named as old, later as no code at all', async () => {
  world.moveTo(new Date(windowOf(clock('18:35')) * 15_000).toISOString())
  const { code } = await onScreen(of, 'in', world.now())
  seconds(24)
  expect(await told(ask(world, ann, of, code, ann.phone))).toBe('done')
  seconds(2)
  expect(await told(ask(world, ann, of, code, ann.phone))).toBe('code-expired')
  seconds(300)
  expect(await told(ask(world, ann, of, code, ann.phone))).toBe('code-expired')
  seconds(600)
  expect(await told(ask(world, ann, of, code, ann.phone))).toBe('code-wrong')
})

test('a code of tomorrow, of yesterday, of another meeting, of another deployment, and guesses are no codes of this meeting', async () => {
  const other = paramsOf(await makeRun(world, { date: '2026-12-31', opensAt: start }))
  const foreign = await codeAt(secretOf('another deployment', of.runId, of.meetingId), of.meetingId, 'in', windowOf(world.now()))
  const wrong = [
    (await onScreen(of, 'in', plusMinutes(world.now(), 24 * 60))).code,
    (await onScreen(of, 'in', plusMinutes(world.now(), -24 * 60))).code,
    (await onScreen(other, 'in', world.now())).code,
    foreign,
    'AAAAAAAA',
    '00000000',
  ]
  for (const code of wrong) expect([code, await told(ask(world, ann, of, code, ann.phone))]).toEqual([code, 'code-wrong'])
  const { code } = await onScreen(of, 'in', world.now())
  expect(await told(ask(world, ann, other, code, ann.phone))).toBe('not-enrolled')
})

test('the code typed by hand: small letters, spaces, O for 0', async () => {
  const { code } = await onScreen(of, 'in', world.now())
  const typed = `${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`.replace(/0/g, 'o').replace(/1/g, 'l')
  expect(await told(ask(world, ann, of, typed, ann.phone))).toBe('done')
})

test('a relayed challenge: another person, another phone, another meeting or eleven seconds later get nothing for it', async () => {
  const { code } = await onScreen(of, 'in', world.now())
  const { challenge } = await ask(world, ann, of, code, ann.phone)
  expect(await told(answer(world, ben, of, challenge, ben.phone))).toBe('challenge-over')
  expect(await told(answer(world, ann, of, challenge, ben.phone))).toBe('signature-wrong')
  const [body = ''] = challenge.split('.')
  const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace(ann.personId, ben.personId)).toString('base64url')
  expect(await told(answer(world, ben, of, `${forged}.${challenge.split('.')[1] ?? ''}`, ben.phone))).toBe('challenge-over')
  for (const text of ['', '.', 'a.b', `${body}.`]) expect(await told(answer(world, ann, of, text, ann.phone))).toBe('challenge-over')
  seconds(11)
  expect(await told(answer(world, ann, of, challenge, ann.phone))).toBe('challenge-over')
  expect((await lineOf(world, teacher, of, ann)).state).toBe('absent')
})

test('a replay: the same request gets its first answer, the same answer under another key is known already', async () => {
  const { code } = await onScreen(of, 'in', world.now())
  const { challenge } = await ask(world, ann, of, code, ann.phone)
  const signature = await signText(ann.phone.secret, answerText(challenge))
  const once = fresh('checkIn')
  const call = (command = once) => checkIn({ world, secretKey }, { actor: ann.actor, command, params: of, body: { challenge, signature } })
  const first = await call()
  expect(await call()).toEqual(first)
  expect(await told(call(fresh('checkIn')))).toBe('already-checked-in')
  expect((await lineOf(world, teacher, of, ann)).evidence).toHaveLength(1)
})

test('a double scan: a second code is refused with the time of the first; two at once leave one', async () => {
  await scan(world, ann, of, 'in')
  seconds(40)
  expect(await told(scan(world, ann, of, 'in'))).toBe('already-checked-in')
  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => told(scan(world, ben, of, 'in'))))
  expect(answers.filter((one) => one === 'done')).toHaveLength(1)
  expect(new Set(answers)).toEqual(new Set(['done', 'already-checked-in']))
  expect((await lineOf(world, teacher, of, ben)).evidence).toHaveLength(1)
  expect(await books(world)).toEqual([])
})

test('CONTROL: without the version of an attendance several scans at once overwrite each other', async () => {
  const scans = 6
  const { code } = await onScreen(of, 'in', world.now())
  const challenges = await Promise.all(Array.from({ length: scans }, async () => (await ask(world, ben, of, code, ben.phone)).challenge))
  const gate = Promise.withResolvers<void>()
  let arrived = 0
  const send = async (request: unknown): Promise<unknown> => {
    if (!(request instanceof TransactWriteCommand)) return world.table.client.send(request as TransactWriteCommand)
    // All have read before the first one writes.
    if ((arrived += 1) === scans) gate.resolve()
    await gate.promise
    const items = (request.input.TransactItems ?? []).flatMap((item) => {
      const pk = String(item.Put?.Item?.['pk'] ?? '')
      if (pk.startsWith('AUDIT#')) return []
      return pk.startsWith('MEETING#') && item.Put ? [{ Put: { TableName: item.Put.TableName, Item: item.Put.Item } }] : [item]
    })
    return world.table.client.send(new TransactWriteCommand({ ...request.input, TransactItems: items }))
  }
  const unguarded = { ...world, table: { ...world.table, client: { send } as unknown as TestWorld['table']['client'] } }
  const answers = await Promise.all(challenges.map((challenge) => told(answer(unguarded, ben, of, challenge, ben.phone))))
  expect(answers.filter((one) => one === 'done').length).toBeGreaterThan(1)
})

test('two persons on one device: the phone is its first person’s for ever', async () => {
  expect(await told(register(world, ben.personId, ann.phone))).toBe('device-of-another')
  const { code } = await onScreen(of, 'in', world.now())
  expect(await told(ask(world, ben, of, code, ann.phone))).toBe('device-of-another')
})

test('a phone is registered only by who holds its key', async () => {
  expect(await told(register(world, ben.personId, await makePhone(), ann.phone))).toBe('signature-wrong')
})

test('two devices of one person: a second phone does not go on where the first began; four in a month are too many', async () => {
  await scan(world, ann, of, 'in')
  const second = await makePhone()
  await register(world, ann.personId, second)
  const { code } = await onScreen(of, 'out', world.now())
  expect(await told(ask(world, ann, of, code, ann.phone))).toBe('device-unknown')
  expect(await told(ask(world, ann, of, code, second))).toBe('another-device')
  await register(world, ann.personId, await makePhone())
  expect(await told(register(world, ann.personId, await makePhone()))).toBe('too-many-devices')
  world.moveTo(plusMinutes(start, 31 * 24 * 60))
  expect(await told(register(world, ann.personId, await makePhone()))).toBe('done')
})

test('who has no seat, gave hers back, or has not paid is not let in; nor is a cancelled seat between challenge and answer', async () => {
  const [stranger = ''] = await makePeople(world, 1)
  const phone = await makePhone()
  await register(world, stranger, phone)
  const { code } = await onScreen(of, 'in', world.now())
  expect(await told(ask(world, { actor: actor(stranger) }, of, code, phone))).toBe('not-enrolled')
  const { challenge } = await ask(world, ben, of, code, ben.phone)
  world.moveTo(start)
  await cancelEnrollment(world, {
    actor: ben.actor,
    command: fresh('cancelEnrollment'),
    params: { enrollmentId: ben.enrollmentId },
    body: {},
  })
  world.moveTo(clock('18:35'))
  expect(await told(answer(world, ben, of, challenge, ben.phone))).toBe('not-enrolled')
  expect(await told(ask(world, ben, of, code, ben.phone))).toBe('not-enrolled')
})

test('too early, too late, and in the wrong order', async () => {
  expect(await told(scan(world, ann, of, 'out'))).toBe('not-checked-in')
  expect(await told(scan(world, ann, of, 'mid'))).toBe('not-checked-in')
  world.moveTo(clock('17:59'))
  expect(await told(scan(world, ann, of, 'in'))).toBe('meeting-not-now')
  world.moveTo(clock('18:00'))
  expect(await told(scan(world, ann, of, 'in'))).toBe('done')
  expect(await told(scan(world, ann, of, 'out'))).toBe('meeting-not-now')
  world.moveTo(clock('21:01'))
  expect(await told(scan(world, ann, of, 'out'))).toBe('meeting-not-now')
})

test('a check in the middle is answered once, while it is open', async () => {
  await scan(world, ann, of, 'in')
  world.moveTo(clock('19:10'))
  expect(await told(scan(world, ann, of, 'mid'))).toBe('no-check-open')
  const called = await check(world, teacher, of)
  expect(await check(world, teacher, of)).toEqual(called)
  world.moveTo(clock('19:12'))
  expect(await told(scan(world, ann, of, 'mid'))).toBe('done')
  expect(await told(scan(world, ann, of, 'mid'))).toBe('already-checked-in')
  world.moveTo(clock('19:14'))
  expect(await told(scan(world, ann, of, 'mid'))).toBe('no-check-open')
})

test('a phone five minutes off in either direction checks in alike: the server’s clock alone decides', async () => {
  // The page sends no time at all; without a network the code says when it was, and the phone's clock may be five minutes off.
  world.moveTo(clock('20:40'))
  for (const [who, off] of [
    [ann, 5],
    [ben, -5],
  ] as const)
    expect(await sendLate(world, who, [await kept(who, of, 'in', clock('18:36'), off)])).toEqual([{ outcome: 'taken', code: null }])
  expect(await sendLate(world, ann, [await kept(ann, of, 'out', clock('20:35'), 7)])).toEqual([
    { outcome: 'refused', code: 'code-expired' },
  ])
})

test('brought late: forged, altered, of another meeting, by another phone, before the phone was hers, in the future, a day later', async () => {
  world.moveTo(clock('19:00'))
  const good = await kept(ann, of, 'in', clock('18:36'))
  const refused = async (code: string, sent: typeof good, who: Worker = ann) =>
    expect([code, await sendLate(world, who, [sent])]).toEqual([code, [{ outcome: 'refused', code }]])
  await refused('signature-wrong', { ...good, at: clock('18:37') })
  await refused('signature-wrong', { ...good, code: 'AAAAAAAA' })
  await refused('device-unknown', good, ben)
  await refused('meeting-not-now', await kept(ann, of, 'in', clock('17:00')))
  await refused('code-expired', await kept(ann, of, 'in', clock('19:30')))
  const other = paramsOf(await makeRun(world, { date: '2026-12-30', opensAt: start }))
  const mixed = await kept(ann, of, 'in', clock('18:36'))
  await refused('not-found', { ...mixed, meetingId: other.meetingId })
  const phone = await makePhone()
  await register(world, ann.personId, phone)
  await refused('device-unknown', await kept({ ...ann, phone }, of, 'in', clock('18:36')))
  world.moveTo(plusMinutes(clock('20:30'), 24 * 60 + 1))
  await refused('sync-over', good)
})

test('a photographed code brought late counts for nothing until who teaches vouches for its person', async () => {
  world.moveTo(clock('20:40'))
  const codes = [await kept(ann, of, 'in', clock('18:36')), await kept(ann, of, 'out', clock('20:29'))]
  expect(await sendLate(world, ann, codes)).toEqual([
    { outcome: 'taken', code: null },
    { outcome: 'taken', code: null },
  ])
  expect(await sendLate(world, ann, codes)).toEqual([
    { outcome: 'known', code: null },
    { outcome: 'known', code: null },
  ])
  const line = await lineOf(world, teacher, of, ann)
  expect(line).toMatchObject({ minutes: 0, missing: ['confirmation'] })
  expect(line.evidence.map((one) => (one.type === 'proof' ? one.by : one.type))).toEqual(['late-code', 'late-code'])
})

test('a pass: forged, of nobody, altered, old, one’s own and somebody’s without a seat are refused by name', async () => {
  const scannedAt = clock('18:35')
  const results = async (text: string, by = teacher, at = scannedAt) =>
    (await send(world, by, of, [{ pass: text, kind: 'in', scannedAt: at }])).map(({ outcome, code }) => code ?? outcome)
  const good = await pass(ann, scannedAt)
  expect(await results('SKP2.nonsense')).toEqual(['device-unknown'])
  expect(await results(await pass({ ...ann, phone: await makePhone() }, scannedAt))).toEqual(['device-unknown'])
  const [a, b, at = '', kind, d] = good.split('.')
  expect(await results([a, b, String(Number(at) + 1), kind, d].join('.'))).toEqual(['signature-wrong'])
  expect(await results(await pass(ann, clock('18:20')))).toEqual(['code-expired'])
  const [stranger = ''] = await makePeople(world, 1)
  const phone = await makePhone()
  await register(world, stranger, phone)
  expect(await results(await pass({ ...ann, phone }, scannedAt))).toEqual(['not-enrolled'])
  const own = { ...ann, phone: await makePhone() }
  await register(world, teacher.personId, own.phone)
  expect(await results(await pass(own, scannedAt))).toEqual(['second-person-needed'])
  expect(await results(good)).toEqual(['taken'])
  expect(await results(good)).toEqual(['known'])
})

test('where nobody began to take attendance a check-in is refused with what to do, and nothing is written', async () => {
  world.moveTo(start)
  const quiet = await makeRun(world, { date: '2026-12-22', opensAt: start })
  const [cal] = (await makeWorkers(world, quiet, 1)) as [Worker]
  const by = await makeStaff(world, quiet.run.providerId, 'provider:instructor')
  const there = paramsOf(quiet)
  world.moveTo(instantOf('2026-12-22', '18:35'))
  expect(await told(scan(world, cal, there, 'in'))).toBe('attendance-not-open')
  expect((await lineOf(world, by, there, cal)).evidence).toEqual([])
  await open(world, by, there)
  expect(await told(scan(world, cal, there, 'in'))).toBe('done')
})

test('strangers to a meeting get neither its secret nor its roster', async () => {
  const elsewhere = await makeStaff(world, world.id('provider'), 'provider:manager')
  for (const who of [ann.actor, elsewhere]) {
    expect(await told(open(world, who, of))).toBe('not-found')
    expect(await told(lineOf(world, who, of, ann))).toBe('not-found')
  }
})

test('a code that was sent to somebody on her way is brought late: her own leaving does not make it count', async () => {
  world.moveTo(clock('20:20'))
  await sendLate(world, ann, [await kept(ann, of, 'in', clock('18:31'))])
  world.moveTo(clock('20:31'))
  await scan(world, ann, of, 'out')
  expect(await lineOf(world, teacher, of, ann)).toMatchObject({ minutes: 0, missing: ['confirmation'] })
})

test('who takes the attendance of a meeting does not check herself in by its codes: live and late they are refused', async () => {
  const [cal] = (await (world.moveTo(start), makeWorkers(world, run, 1))) as [Worker]
  const organizationName = { zh: '海口示范培训学校', en: 'Haikou Model School' }
  const teaches = { organizationId: run.run.providerId, organizationName, roles: ['provider:instructor' as const] }
  await writeMembership(world, undefined, 'system:test', cal.personId, teaches, undefined)
  world.moveTo(clock('18:35'))
  expect(await told(scan(world, cal, of, 'in'))).toBe('second-person-needed')
  const late = await kept(cal, of, 'in', clock('18:34'))
  expect(await sendLate(world, cal, [late])).toEqual([{ outcome: 'refused', code: 'second-person-needed' }])
  const scanned = [{ pass: await pass(cal, clock('18:35')), kind: 'in' as const, scannedAt: clock('18:35') }]
  expect(await send(world, teacher, of, scanned)).toMatchObject([{ outcome: 'taken' }])
})

test('the secret of codes is given from the opening of doors to their closing', async () => {
  const secretAt = async (time: string) => {
    world.moveTo(clock(time))
    const { secret, checkTimes } = await getCode({ world, secretKey }, { actor: teacher, params: of })
    return [secret !== null, checkTimes.length > 0]
  }
  for (const time of ['17:59', '21:01']) expect(await secretAt(time)).toEqual([false, false])
  for (const time of ['18:00', '21:00']) expect(await secretAt(time)).toEqual([true, true])
})

test('one pass stands for coming or for leaving, as its person signed: who scans it cannot make a minute of three hours', async () => {
  const shown = await pass(ann, clock('18:35'))
  const results = async (kind: 'in' | 'out', text = shown) =>
    (await send(world, teacher, of, [{ pass: text, kind, scannedAt: clock('18:35') }])).map(({ outcome, code }) => code ?? outcome)
  expect(await results('out')).toEqual(['pass-for-other'])
  expect(await results('out', shown.replace('.in.', '.out.'))).toEqual(['signature-wrong'])
  expect(await results('in')).toEqual(['taken'])
  expect(await results('out')).toEqual(['pass-for-other'])
  expect(await results('in')).toEqual(['known'])
  expect((await lineOf(world, teacher, of, ann)).evidence).toHaveLength(1)
})

test('corrections that nobody decided are three at most, and no number of them keeps somebody from checking out', async () => {
  await scan(world, ann, of, 'in')
  const manager = await makeStaff(world, run.run.providerId, 'provider:manager')
  const ask3 = async () => {
    const said: string[] = []
    for (let count = 0; count < 3; count += 1) said.push(await told(correct(world, teacher, of, ann, false)))
    return said
  }
  expect(await ask3()).toEqual(['done', 'done', 'done'])
  expect(await told(correct(world, teacher, of, ann, false))).toBe('corrections-waiting')
  for (let round = 0; round < 13; round += 1) {
    const { evidence } = await lineOf(world, teacher, of, ann)
    const waiting = evidence.filter((one) => one.type === 'override' && one.decided === null)
    for (const { id } of waiting) await decide(world, manager, of, id, ann, false)
    if (round < 12) await ask3()
  }
  expect(await ask3()).toEqual(['too-much-evidence', 'too-much-evidence', 'too-much-evidence'])
  world.moveTo(clock('20:30'))
  expect(await told(scan(world, ann, of, 'out'))).toBe('done')
})
