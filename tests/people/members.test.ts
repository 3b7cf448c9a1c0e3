import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { managersOf, membersOf } from '@skills/core/people/members.table.ts'
import { closeMembership, membershipsOf, readMembership } from '@skills/core/people/membership.table.ts'
import { endMembership } from '@skills/functions/people/end-membership.ts'
import { listMembers } from '@skills/functions/people/list-members.ts'
import { saveMembership } from '@skills/functions/people/save-membership.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { profileInput, startScene, type Scene } from './people-scene.ts'

let scene: Scene
let operator: Actor
beforeAll(async () => {
  scene = await startScene()
  operator = { personId: scene.person(), memberships: [{ organizationId: platformId, roles: ['platform:operator'] }] }
})
afterAll(() => scene.stop())

const name = { zh: '海口示范培训学校', en: 'Haikou Model School' }
const as = async (personId: string): Promise<Actor> => ({ personId, memberships: await membershipsOf(scene.world, personId) })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)),
  )
const appoint = (actor: Actor, personId: string, organizationId: string, roles: Role[], version = 0) =>
  saveMembership(scene.world, {
    actor,
    command: scene.command('saveMembership'),
    params: { personId, organizationId },
    body: { roles, version, ...(actor === operator ? { organizationName: name } : {}) },
  })
const end = (actor: Actor, personId: string, organizationId: string) =>
  endMembership(scene.world, { actor, command: scene.command('endMembership'), params: { personId, organizationId } })
const titles = async (personId: string) => (await latestNotices(scene.world, personId)).map(({ title }) => title.en)

/** A provider with so many managers. */
async function house(managers: number): Promise<{ organizationId: string; people: string[] }> {
  const organizationId = scene.world.id('provider')
  const people = Array.from({ length: managers }, () => scene.person())
  for (const personId of people) await appoint(operator, personId, organizationId, ['provider:manager'])
  return { organizationId, people }
}

test('a manager appoints a colleague by her id, changes and ends it; both are told each time, and others find nothing there', async () => {
  const { organizationId, people } = await house(1)
  const [boss = ''] = people
  const colleague = scene.person()
  await scene.register(colleague, profileInput(1, { realName: '测试同事' }))
  expect(await appoint(await as(boss), colleague, organizationId, ['provider:registrar'])).toEqual({
    organizationId,
    organizationName: name,
    roles: ['provider:registrar'],
  })
  const listed = await listMembers(scene.world, { actor: await as(boss), params: { organizationId } })
  expect(listed.organizationName).toEqual(name)
  expect(listed.items.map(({ personId, displayName, roles, version }) => [personId, displayName, roles, version])).toEqual(
    expect.arrayContaining([
      [boss, null, ['provider:manager'], 1],
      [colleague, '测***', ['provider:registrar'], 1],
    ]),
  )
  expect(await titles(colleague)).toEqual([`You now act for “${name.en}”`])
  expect(await titles(boss)).toContain(`Somebody was appointed in “${name.en}”`)

  const change = (version: number) =>
    codeOf(as(boss).then((actor) => appoint(actor, colleague, organizationId, ['provider:manager'], version)))
  expect([await change(0), await change(1), await change(1)]).toEqual(['version-conflict', 'done', 'version-conflict'])
  expect((await managersOf(scene.world.table, organizationId)).toSorted()).toEqual([boss, colleague].toSorted())
  expect(await end(await as(boss), colleague, organizationId)).toEqual({ ended: true })
  expect(await managersOf(scene.world.table, organizationId)).toEqual([boss])
  expect(await titles(colleague)).toContain(`You no longer act for “${name.en}”`)

  const stranger = await as((await house(1)).people[0] ?? '')
  for (const actor of [stranger, await as(colleague)]) {
    expect(await codeOf(appoint(actor, scene.person(), organizationId, ['provider:manager']))).toBe('not-found')
    expect(await codeOf(end(actor, boss, organizationId))).toBe('not-found')
    expect(await codeOf(listMembers(scene.world, { actor, params: { organizationId } }))).toBe('not-found')
  }
  expect(await codeOf(appoint(stranger, stranger.personId, platformId, ['platform:operator']))).toBe('not-found')
})

test('the last manager stays until another is appointed; an operator may end any', async () => {
  const { organizationId, people } = await house(1)
  const [boss = ''] = people
  expect(await codeOf(end(await as(boss), boss, organizationId))).toBe('last-manager')
  expect(await codeOf(appoint(await as(boss), boss, organizationId, ['provider:registrar'], 1))).toBe('last-manager')
  await appoint(await as(boss), boss, organizationId, ['provider:manager', 'provider:registrar'], 1)
  expect(await end(operator, boss, organizationId)).toEqual({ ended: true })
  expect(await membersOf(scene.world.table, organizationId)).toEqual([])
})

test('who was dismissed while she asked changes nothing, and of managers who leave at the same moment one stays', async () => {
  const { organizationId, people } = await house(2)
  const [one = '', other = ''] = people
  const late = await as(other)
  await end(await as(one), other, organizationId)
  expect(await codeOf(appoint(late, scene.person(), organizationId, ['provider:manager']))).toBe('not-found')

  const left = await race(async ({ organizationId: id, people: both }) => {
    const actors = await Promise.all(both.map(as))
    const codes = await Promise.all(actors.map((actor) => codeOf(end(actor, actor.personId, id))))
    expect(codes.toSorted()).toEqual(['done', 'last-manager'])
  })
  expect(left).toEqual([1, 1, 1, 1])
})

test('control: without a witness in the transaction both leave', async () => {
  const left = await race(async ({ organizationId, people }) => {
    const before = await Promise.all(people.map((personId) => readMembership(scene.world, personId, organizationId)))
    await Promise.all(before.map((item) => closeMembership(scene.world, scene.command('endMembership'), item?.personId ?? '', item)))
  })
  expect(left.filter((managers) => managers === 0).length).toBeGreaterThan(0)
})

async function race(leave: (of: Awaited<ReturnType<typeof house>>) => Promise<void>): Promise<number[]> {
  const left: number[] = []
  for (let round = 0; round < 4; round += 1) {
    const of = await house(2)
    await leave(of)
    left.push((await managersOf(scene.world.table, of.organizationId)).length)
  }
  return left
}

test('the books compare who is listed with who is appointed', async () => {
  const now = scene.world.now()
  const items = await scanTable(scene.world.table)
  expect(violations(items, now)).toEqual([])
  const gone = items.findIndex(({ pk }) => pk.startsWith('ORGANIZATION#'))
  expect(violations(items.toSpliced(gone, 1), now).map(({ code }) => code)).toEqual(['A5'])
  const listed = items[gone]
  if (listed === undefined) throw new Error('nobody is listed')
  const personId = scene.person()
  const never = { ...listed, sk: `MEMBER#${personId}`, personId }
  expect(violations([...items, never], now).map(({ code }) => code)).toEqual(['A5'])
  const ended = items.find(({ sk, endedAt }) => sk.startsWith('MEMBERSHIP#') && typeof endedAt === 'string')
  if (ended === undefined) throw new Error('no appointment has ended')
  const still = {
    ...{ pk: `ORGANIZATION#${String(ended['organizationId'])}`, sk: `MEMBER#${String(ended['personId'])}` },
    ...{ personId: ended['personId'], organizationId: ended['organizationId'] },
  }
  expect(violations([...items, still], now).map(({ code }) => code)).toEqual(['A5'])
})
