import { Refusal } from '@skills/contract/refusals.ts'
import type { Venue } from '@skills/contract/catalog.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { readApplication, writeApplication } from '@skills/core/provider/application.table.ts'
import { approvalSteps } from '@skills/core/provider/approve-application.ts'
import { readStanding } from '@skills/core/provider/standing.table.ts'
import { mayOffer } from '@skills/core/provider/standing.ts'
import { venuesOfProvider } from '@skills/core/planning/venues.table.ts'
import { readItem, readRange } from '@skills/core/table.ts'
import { listMyApplications, openApplication, saveApplication, submitApplication } from '@skills/functions/provider/apply.ts'
import { getApplication, listApplications } from '@skills/functions/provider/review.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { decide, fresh, newUscc, operatorOf, person, submitted, wholeFacts } from './provider-scene.ts'

let world: TestWorld
let stop: () => Promise<void>
beforeAll(async () => {
  const engine = await startTable()
  world = testWorld(engine.table)
  stop = engine.stop
})
afterAll(() => stop())

const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)),
  )

test('a provider applies piece by piece, is asked for more, and is approved with venues, standing and manager at once', async () => {
  const actor = person(world)
  const operator = operatorOf(world)
  const { application } = await openApplication(world, { actor, command: fresh(), body: {} })
  const params = { applicationId: application.id }
  expect(await codeOf(openApplication(world, { actor, command: fresh(), body: {} }))).toBe('application-open')

  const empty = await submitApplication(world, { actor, command: fresh(), params, body: { version: application.version } }).catch(
    (error: Refusal) => error.errors.map(({ pointer }) => pointer.replace('#/facts', '')),
  )
  expect(empty).toEqual([
    '/name/zh',
    '/name/en',
    '/about/zh',
    '/about/en',
    '/region',
    '/uscc',
    '/legalPerson',
    '/licence',
    '/scope',
    '/venues',
    '/commitments',
    '/commitments',
    '/commitments',
    '/commitments',
  ])

  const facts = await wholeFacts(world, actor.personId)
  const { name, uscc, ...rest } = facts
  const save = (version: number, part: object) =>
    saveApplication(world, { actor, command: fresh(), params, body: { version, facts: part } })
  const first = await save(application.version, { name, uscc: ` ${uscc.toLowerCase()} ` })
  expect(await codeOf(save(application.version, { region: '460200' }))).toBe('version-conflict')
  const second = await save(first.application.version, rest)
  expect(second.application.facts.name).toEqual(name)
  const sent = await submitApplication(world, { actor, command: fresh(), params, body: { version: second.application.version } })
  expect(sent.application).toMatchObject({ state: 'submitted', facts: { uscc } })
  expect(await codeOf(save(sent.application.version, { region: '460200' }))).toBe('illegal-transition')

  world.moveTo('2026-12-03T02:00:00.000Z')
  const queue = await listApplications(world, { page: { limit: 20, after: undefined } })
  expect(queue.items).toEqual([expect.objectContaining({ id: application.id, uscc, waitedDays: 2 })])
  const asked = await decide(world, operator, sent.application, 'more-asked', '请补充实训室照片')
  expect((await listApplications(world, { page: { limit: 20, after: undefined } })).items).toEqual([])
  expect((await latestNotices(world, actor.personId))[0]?.body.zh).toContain('请补充实训室照片')

  const again = await submitApplication(world, { actor, command: fresh(), params, body: { version: asked.application.version } })
  expect((await getApplication(world, { params })).files).toHaveLength(4)
  const approved = await decide(world, operator, again.application, 'approved')
  expect(approved.application.state).toBe('approved')
  const { providerId } = approved.application
  const standing = await readStanding(world.table, providerId)
  expect(standing).toMatchObject({ state: 'approved', licenceUntil: '2027-03-01', personId: actor.personId })
  expect(mayOffer(standing, { trade: 'low-voltage-electrician', until: '2027-01-01T02:00:00.000Z' }, world.now())).toEqual([])
  const venues = [...(await venuesOfProvider(world.table, providerId)).values()]
  expect(venues.map(({ rooms }: Venue) => rooms.map(({ name: room }) => room))).toEqual([['101', '实训室']])
  expect(await membershipsOf(world, actor.personId)).toEqual([{ organizationId: providerId, roles: ['provider:manager'] }])
  const entries = await readRange(world.table, { pk: keys.audit.key(application.id, '').pk })
  expect(entries.map(({ action }) => action)).toEqual(['begin', 'save', 'save', 'submit', 'more-asked', 'submit', 'approved'])
  expect(violations(await scanTable(world.table), world.now())).toEqual([])
})

test('papers that are not hers, of another kind or expired do not count, and what expired while it waited is not approved', async () => {
  const actor = person(world)
  const other = await wholeFacts(world, person(world).personId)
  const own = await wholeFacts(world, actor.personId)
  const { application } = await openApplication(world, { actor, command: fresh(), body: {} })
  const params = { applicationId: application.id }
  const facts = {
    ...own,
    licence: other.licence,
    scope: [{ trade: 'no-such-trade', fileId: own.venues[0]?.photos[0] ?? null, until: '2026-01-01' }],
    uscc: '91350100M000100Y4Z',
  }
  const saved = await saveApplication(world, { actor, command: fresh(), params, body: { version: application.version, facts } })
  const errors = await submitApplication(world, { actor, command: fresh(), params, body: { version: saved.application.version } }).catch(
    (error: Refusal) => error.errors.map(({ pointer, code }) => `${pointer.replace('#/facts', '')} ${code}`),
  )
  expect(errors).toEqual([
    '/uscc uscc-letter',
    '/licence file-not-accepted',
    '/scope/0/trade unknown-trade',
    '/scope/0/fileId file-not-accepted',
    '/scope/0/until expired',
  ])

  const slow = person(world)
  const waiting = await submitted(world, slow, {
    licence: { fileId: (await wholeFacts(world, slow.personId)).licence?.fileId ?? '', until: '2026-12-03' },
  })
  const then = world.now()
  world.moveTo('2026-12-04T02:00:00.000Z')
  expect(await codeOf(decide(world, operatorOf(world), waiting, 'approved'))).toBe('validation-failed')
  world.moveTo(then)
})

test('nobody reads, saves or decides what is somebody else’s, and no operator her own', async () => {
  const actor = person(world)
  const application = await submitted(world, actor)
  const stranger = person(world)
  const params = { applicationId: application.id }
  expect(
    await codeOf(saveApplication(world, { actor: stranger, command: fresh(), params, body: { version: application.version, facts: {} } })),
  ).toBe('not-found')
  expect(await codeOf(openApplication(world, { actor: stranger, command: fresh(), body: { providerId: application.providerId } }))).toBe(
    'not-found',
  )
  expect(await codeOf(decide(world, { ...operatorOf(world), personId: actor.personId }, application, 'approved'))).toBe('forbidden')
  const { application: draft } = await openApplication(world, { actor: stranger, command: fresh(), body: {} })
  expect(await codeOf(getApplication(world, { params: { applicationId: draft.id } }))).toBe('not-found')
  expect((await listMyApplications(world, { actor })).applications.map(({ id }) => id)).toEqual([application.id])
})

test('the reviewer sees who else came with the same code, name or address', async () => {
  const uscc = newUscc()
  const one = await submitted(world, person(world), { uscc, name: { zh: '海口椰风职业培训学校', en: 'Palm' } })
  const actor = person(world)
  const facts = await wholeFacts(world, actor.personId)
  const two = await submitted(world, actor, { uscc, name: { zh: '海口市 椰风（培训学校）', en: 'Palm Wind' }, venues: facts.venues })
  const { likenesses } = await getApplication(world, { params: { applicationId: two.id } })
  expect(likenesses.map(({ by, applicationId }) => [by, applicationId])).toEqual([
    ['uscc', one.id],
    ['name', one.id],
  ])
})

test('of many applications with one code that are approved at the same moment, one becomes a provider', async () => {
  const uscc = newUscc()
  const applications = await Promise.all(Array.from({ length: 6 }, () => submitted(world, person(world), { uscc })))
  const answers = await Promise.all(applications.map((one) => codeOf(decide(world, operatorOf(world), one, 'approved'))))
  expect(answers.toSorted()).toEqual(['done', ...Array<string>(5).fill('provider-exists')])
  const made = await Promise.all(applications.map(({ providerId }) => readItem(world.table, keys.provider.key(providerId))))
  expect(made.filter(Boolean)).toHaveLength(1)
})

test('control: without the guard several become providers', async () => {
  const uscc = newUscc()
  const applications = await Promise.all(Array.from({ length: 6 }, () => submitted(world, person(world), { uscc })))
  await Promise.all(
    applications.map(async ({ id }, place) => {
      const before = await readApplication(world.table, id)
      if (before === undefined) throw new Error('gone')
      const by = fresh()
      const bare = {
        ...before,
        application: { ...before.application, facts: { ...before.application.facts, uscc: `${uscc.slice(0, 16)}${place}` } },
      }
      const steps = (await approvalSteps(world, by, bare, 'per_0')).filter(({ name }) => name !== 'uscc')
      const application = { ...before.application, state: 'approved' as const }
      return writeApplication(world, by, { before, personId: before.personId, application, action: 'approved', by: 'per_0' }, steps)
    }),
  )
  const made = await Promise.all(applications.map(({ providerId }) => readItem(world.table, keys.provider.key(providerId))))
  expect(made.filter(Boolean).length).toBeGreaterThan(1)
})
