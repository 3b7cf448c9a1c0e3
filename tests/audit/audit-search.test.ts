import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Actor, Page } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import { keys } from '@skills/core/keys.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { closeMembership, readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import { usualSettings } from '@skills/core/notices/settings.ts'
import { writeSettings } from '@skills/core/notices/settings.table.ts'
import { searchAudit } from '@skills/functions/audit/search-audit.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { recordForceMajeure } from '@skills/functions/enrollment/record-force-majeure.ts'
import { askQuestion } from '@skills/functions/messages/write-messages.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { actor, startScene, type Scene } from '../people/people-scene.ts'
import { complain } from '../quality/quality-scene.ts'
import { givenRun, rate, said } from '../rating/rating-scene.ts'
import { learner, reveal, staff, type Learner } from '../roster/roster-scene.ts'
import { claim, join } from '../waitlist/waitlist-scene.ts'

let scene: Scene
let operator: Actor
let manager: Actor
let one: Learner
let two: Learner
beforeAll(async () => {
  scene = await startScene()
  operator = { personId: scene.world.id('person'), memberships: [{ organizationId: platformId, roles: ['platform:operator'] }] }
  const run = await makeRun(scene.world)
  manager = staff(scene.world, run.run.providerId)
  one = await learner(scene, run, 1)
  scene.world.moveTo('2026-12-02T02:00:00.000Z')
  two = await learner(scene, run, 2)
  await reveal(scene, manager, run, one)
  scene.world.moveTo('2026-12-03T02:00:00.000Z')
  await recordForceMajeure(scene.world, {
    actor: operator,
    command: scene.command('recordForceMajeure'),
    params: { personId: one.personId, enrollmentId: one.enrollmentId },
    query: { write: 'yes' },
    body: { evidence: '台风停课停运，市应急局公告。', document: null },
  })
  await cancelEnrollment(scene.world, {
    actor: actor(two.personId),
    command: scene.command('cancelEnrollment'),
    params: { enrollmentId: two.enrollmentId },
    body: {},
  })
})
afterAll(() => scene.stop())

const search = (query: Parameters<typeof searchAudit>[1]['query'], page: Partial<Page> = {}) =>
  searchAudit(scene.world, { actor: operator, query, page: { limit: 20, after: undefined, ...page } })
const kinds = (found: Awaited<ReturnType<typeof search>>) => found.items.map(({ kind }) => kind)

describe('by the thing', () => {
  it('says what happened to it, the newest first, and that its chain holds', async () => {
    const found = await search({ entity: one.enrollmentId })
    expect(kinds(found)).toEqual(['force-majeure', 'claim'])
    expect(found.chain).toEqual({ entity: one.enrollmentId, entries: 2, holds: true, brokenAt: null })
    expect(found.items[0]).toMatchObject({ by: operator.personId, evidence: true, what: { zh: '报名：因不可抗力退出' } })
  })

  it('says that a chain is broken, and where', async () => {
    const { client, name } = scene.world.table
    const personId = scene.world.id('person')
    const membership = {
      organizationId: platformId,
      organizationName: { zh: '平台', en: 'Platform' },
      roles: ['platform:operator' as const],
    }
    await writeMembership(scene.world, undefined, operator.personId, personId, membership, undefined)
    await closeMembership(
      scene.world,
      scene.command('endMembership'),
      operator.personId,
      await readMembership(scene.world, personId, platformId),
    )
    const entity = `${personId}/MEMBERSHIP#${platformId}`
    expect((await search({ entity })).chain).toMatchObject({ entries: 2, holds: true })
    const key = (version: string) => keys.audit.key(entity, version)
    const values = { ':by': 'per_00000000000000000000000000' }
    await client.send(
      new UpdateCommand({
        ...{ TableName: name, Key: key('00000002'), UpdateExpression: 'SET #by = :by' },
        ...{ ExpressionAttributeNames: { '#by': 'by' }, ExpressionAttributeValues: values },
      }),
    )
    expect((await search({ entity })).chain).toMatchObject({ holds: false, brokenAt: 2 })
    await client.send(new DeleteCommand({ TableName: name, Key: key('00000001') }))
    expect((await search({ entity })).chain).toMatchObject({ entries: 1, holds: false, brokenAt: 1 })
  })

  it('a thing without any entry has no chain that holds', async () => {
    const found = await search({ entity: 'run_01KAJ3V0M0AAAAAAAAAAAAAAAA' })
    expect([found.items, found.chain?.holds]).toEqual([[], false])
  })
})

describe('by who did it', () => {
  it('finds what was done in a role, and each search itself', async () => {
    expect(kinds(await search({ by: manager.personId }))).toEqual(['reveal mobile'])
    const own = kinds(await search({ by: operator.personId }, { limit: 100 }))
    expect(own).toContain('force-majeure')
    expect(own.filter((kind) => kind.startsWith('search audit')).length).toBeGreaterThan(4)
  })

  it('finds nothing that people did for themselves: their claims stand in no index', async () => {
    for (const { personId } of [one, two]) expect((await search({ by: personId })).items).toEqual([])
    const marked = (await scanTable(scene.world.table)).filter((item) => 'auditActor' in item)
    expect(marked.length).toBeGreaterThan(5)
    expect(
      marked
        .map((item) => item['action'])
        .filter((action) => ['claim', 'cancel', 'create-profile', 'give-consent'].includes(String(action))),
    ).toEqual([])
  })

  it('refuses days that are turned around, in every way of asking, before the search is recorded', async () => {
    const other = { personId: scene.world.id('person'), memberships: operator.memberships }
    for (const way of ['by', 'entity', 'person'] as const) {
      const query = { [way]: one.personId, since: '2026-12-03', until: '2026-12-02' }
      await expect(searchAudit(scene.world, { actor: other, query, page: { limit: 20, after: undefined } })).rejects.toMatchObject({
        code: 'validation-failed',
        errors: [{ pointer: '#/query/until', code: 'ends-before-it-starts' }],
      })
    }
    expect((await search({ entity: `${other.personId}/AUDIT-SEARCHES` })).items).toEqual([])
  })

  it('between two days, both of them too, in pages without a gap', async () => {
    expect(kinds(await search({ by: manager.personId, since: '2026-12-03', until: '2026-12-03' }))).toEqual([])
    expect(kinds(await search({ by: manager.personId, since: '2026-12-02', until: '2026-12-02' }))).toEqual(['reveal mobile'])
    expect(kinds(await search({ by: manager.personId, until: '2026-12-01' }))).toEqual([])
    // What is searched must stand still while it is searched: another operator pages through it.
    const other = { personId: scene.world.id('person'), memberships: operator.memberships }
    const ask = (page: Page) => searchAudit(scene.world, { actor: other, query: { by: operator.personId }, page })
    const whole = (await ask({ limit: 100, after: undefined })).items
    const seen = []
    let after: string | undefined
    do {
      const page = await ask({ limit: 3, after })
      seen.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(whole)
    expect(whole.map(({ at }) => at)).toEqual(
      whole
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
  })
})

describe('by whom it concerns', () => {
  it('finds all that happened to what is hers, whoever did it, in pages without a gap', async () => {
    const whole = await search({ person: one.personId }, { limit: 100 })
    expect(new Set(kinds(whole))).toEqual(new Set(['force-majeure', 'reveal mobile', 'claim', 'give-consent', 'create-profile']))
    expect(whole.items.map(({ at }) => at)).toEqual(
      whole.items
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    const seen = []
    let after: string | undefined
    do {
      const page = await search({ person: one.personId }, { limit: 2, after })
      seen.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(whole.items)
    expect(kinds(await search({ person: one.personId, since: '2026-12-03' }))).toEqual(['force-majeure'])
  })
})

describe('by whom it concerns, of everything that is hers', () => {
  it('finds her place in a queue, her rating, complaint, question and choice of notices, and no thread of somebody else', async () => {
    const { world } = scene
    const given = await givenRun(world, 2)
    const [rater, other] = given.workers
    if (rater === undefined || other === undefined) throw new Error('nobody came')
    const { personId } = rater.actor
    await rate(world, rater, said(4))
    const complaint = await complain(world, rater)
    const full = await makeRun(world, { capacity: 1, date: '2027-01-20', closesAt: '2027-01-10T02:00:00.000Z' })
    const [taker = ''] = await makePeople(world, 1)
    await claim(world, taker, full.run.id)
    await join(world, personId, full.run.id)
    const ask = (by: Actor) =>
      askQuestion(world, {
        actor: by,
        command: scene.command('askQuestion'),
        params: { runId: given.item.run.id },
        body: { title: '停车', text: '晚上可以停车吗？' },
      })
    await ask(rater.actor)
    const chosen = { action: 'choose-notices', groups: usualSettings.groups, quiet: null }
    await writeSettings(world, scene.command('saveNoticeSettings'), personId, chosen, undefined, { saved: true })
    const found = await search({ person: personId }, { limit: 100 })
    const kindsOf = new Set(
      found.items.map(({ entity }) => (entity.includes('/') ? entity.slice(entity.indexOf('/')) : entity.slice(0, 3))),
    )
    expect([...kindsOf]).toEqual(expect.arrayContaining(['wle', 'rat', 'cmp', 'thr', '/NOTICE-SETTINGS']))
    expect(found.items.map(({ entity }) => entity)).toContain(complaint.id)
    expect((await search({ person: other.actor.personId }, { limit: 100 })).items.map(({ entity }) => entity.slice(0, 3))).not.toContain(
      'thr',
    )
  })
})

it('asks for exactly one of the three, and shows nothing that is private', async () => {
  await expect(search({})).rejects.toMatchObject({ code: 'validation-failed' })
  await expect(search({ by: one.personId, person: one.personId })).rejects.toMatchObject({ code: 'validation-failed' })
  const text = JSON.stringify(await search({ person: one.personId }, { limit: 100 }))
  expect([one.name, one.mobile, '台风', '上课地点'].filter((words) => text.includes(words))).toEqual([])
})

it('two searches of one operator at the same moment are both recorded, and the books stand', async () => {
  const other = { personId: scene.world.id('person'), memberships: operator.memberships }
  await Promise.all(
    Array.from({ length: 6 }, () =>
      searchAudit(scene.world, { actor: other, query: { person: two.personId }, page: { limit: 1, after: undefined } }),
    ),
  )
  const found = await search({ entity: `${other.personId}/AUDIT-SEARCHES` })
  expect(found.chain).toMatchObject({ entries: 6, holds: true })
  const broken = violations(await scanTable(scene.world.table), scene.world.now()).filter(
    ({ code, at }) => code === 'A1' && !at.includes('MEMBERSHIP'),
  )
  expect(broken).toEqual([])
})
