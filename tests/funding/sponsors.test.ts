import type { Sponsor, SponsorView } from '@skills/contract/funding.ts'
import { readSponsor } from '@skills/core/funding/sponsor.table.ts'
import { createProgram } from '@skills/functions/sponsor/create-program.ts'
import { getProgram, listPrograms } from '@skills/functions/sponsor/list-programs.ts'
import { listSponsors } from '@skills/functions/sponsor/list-sponsors.ts'
import { moveMoney } from '@skills/functions/sponsor/move-money.ts'
import { saveSponsor } from '@skills/functions/sponsor/save-sponsor.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'
import { makeProgram, makeSponsor, newCommand, operator, programTerms, sponsorActor } from './funding-scene.ts'

let stop: () => Promise<void>
let world: TestWorld
/** Province, its city, the city's district; and another province. */
let tree: { province: Sponsor; city: Sponsor; district: Sponsor; other: Sponsor }
beforeAll(async () => {
  const started = await startTable('sponsors')
  stop = started.stop
  world = testWorld(started.table)
  const province = await makeSponsor(world)
  const city = await makeSponsor(world, province.id)
  const district = await makeSponsor(world, city.id)
  tree = { province, city, district, other: await makeSponsor(world) }
})
afterAll(() => stop())

/** Saves a union at the version it has, or at the one that is said. */
const save = async (sponsor: Pick<Sponsor, 'id'> & Partial<SponsorView>, id = world.id('request')) => {
  const version = 'version' in sponsor ? sponsor.version : (await readSponsor(world.table, sponsor.id))?.version
  return saveSponsor(world, {
    actor: operator(world),
    command: { ...newCommand(world, 'saveSponsor'), id },
    params: { sponsorId: sponsor.id },
    body: { name: { zh: '工会', en: 'Union' }, level: 'city', parentId: null, region: '460100', version, ...pick(sponsor) },
  })
}
const pick = ({ name, parentId, uscc }: Partial<Sponsor>) => ({
  ...(name ? { name } : {}),
  ...(parentId === undefined ? {} : { parentId }),
  ...(uscc === undefined ? {} : { uscc }),
})
const wrong = (code: string, pointer = '#/parentId') => ({ code: 'validation-failed', errors: [{ pointer, code }] })

describe('the tree of unions', () => {
  it('has paths from the root down', () => {
    const { province, city, district } = tree
    expect(district.path).toEqual([province.id, city.id, district.id])
    expect(province.path).toEqual([province.id])
  })
  it('takes no parent that is not there, no cycle, no more than eight levels', async () => {
    await expect(save({ id: world.id('sponsor'), parentId: world.id('sponsor') })).rejects.toMatchObject(wrong('parent-unknown'))
    await expect(save({ id: tree.province.id, parentId: tree.district.id })).rejects.toMatchObject(wrong('cycle'))
    await expect(save({ id: tree.other.id, parentId: tree.other.id })).rejects.toMatchObject(wrong('cycle'))
    let parent: string | null = null
    for (let level = 1; level <= 8; level += 1) parent = (await makeSponsor(world, parent)).id
    await expect(makeSponsor(world, parent)).rejects.toMatchObject(wrong('too-deep'))
  })
  it('refuses what was changed at an older version, and a new union under an id that is taken', async () => {
    const first = await makeSponsor(world)
    expect(first.version).toBe(1)
    const second = await save({ id: first.id, name: { zh: '新名', en: 'New' }, version: 1 })
    expect(second.version).toBe(2)
    for (const version of [1, 3, undefined])
      await expect(save({ id: first.id, name: { zh: '旧页', en: 'Stale' }, version })).rejects.toMatchObject({ code: 'version-conflict' })
    expect((await readSponsor(world.table, first.id))?.sponsor.name.zh).toBe('新名')
    await expect(save({ id: world.id('sponsor'), version: 1 })).rejects.toMatchObject({ code: 'version-conflict' })
    const both = await Promise.allSettled(['甲', '乙'].map((zh) => save({ id: first.id, name: { zh, en: zh }, version: 2 })))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
  it('moves a union that nothing hangs on, and no other', async () => {
    const leaf = await makeSponsor(world, tree.other.id)
    expect((await save({ id: leaf.id, parentId: tree.city.id })).path).toEqual([...tree.city.path, leaf.id])
    expect((await save({ id: leaf.id, parentId: null })).path).toEqual([leaf.id])
    await expect(save({ id: tree.city.id, parentId: tree.other.id })).rejects.toMatchObject(wrong('sponsor-in-use'))
    await makeProgram(world, { sponsorId: leaf.id })
    await expect(save({ id: leaf.id, parentId: tree.city.id })).rejects.toMatchObject(wrong('sponsor-in-use'))
  })
  it('has a code that is right and nobody else’s, in one spelling; what it gave up another may take', async () => {
    const [one, other] = [await makeSponsor(world), await makeSponsor(world)]
    const code = '91350100M000100Y43'
    await expect(save({ id: one.id, uscc: '91350100M000100Y44' })).rejects.toMatchObject(wrong('uscc-checksum', '#/uscc'))
    expect(await save({ id: one.id, uscc: ' 91350100m000100y43' })).toMatchObject({ uscc: code })
    expect(await save({ id: one.id, uscc: code })).toMatchObject({ uscc: code })
    await expect(save({ id: other.id, uscc: code })).rejects.toMatchObject(wrong('uscc-taken', '#/uscc'))
    await expect(save({ id: world.id('sponsor'), uscc: code })).rejects.toMatchObject(wrong('uscc-taken', '#/uscc'))
    expect(await save({ id: one.id, uscc: ' ' })).not.toHaveProperty('uscc')
    const both = await Promise.allSettled([one, other].map(({ id }) => save({ id, uscc: code })))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('says everything that is wrong at once', async () => {
    const asked = save({ id: world.id('sponsor'), parentId: world.id('sponsor'), uscc: '123' })
    await expect(asked).rejects.toMatchObject({ errors: [{ pointer: '#/parentId' }, { pointer: '#/uscc' }] })
  })
  it('a new name reaches the programs, and the same command again changes nothing', async () => {
    const sponsor = await makeSponsor(world)
    const program = await makeProgram(world, { sponsorId: sponsor.id })
    const name = { zh: '新名称工会', en: 'Union of another name' }
    const saved = await save({ id: sponsor.id, name }, 'rename')
    expect(await save({ id: sponsor.id, name }, 'rename')).toEqual(saved)
    const view = await getProgram(world, { actor: operator(world), params: { programId: program.id } })
    expect(view.version).toBe(2)
  })
  it('two that are registered at once below one parent are both counted', async () => {
    const parent = await makeSponsor(world)
    const children = await Promise.all(Array.from({ length: 6 }, () => makeSponsor(world, parent.id)))
    const { sponsors } = await listSponsors(world, { actor: sponsorActor(world, parent.id) })
    expect(sponsors.map(({ id }) => id).sort()).toEqual([parent.id, ...children.map(({ id }) => id)].sort())
  })
})

describe('who acts for a union', () => {
  it('sees it and those below, nothing above or beside', async () => {
    const seen = async (sponsorId: string, role?: 'sponsor:reviewer') =>
      (await listSponsors(world, { actor: sponsorActor(world, sponsorId, role) })).sponsors.map(({ id }) => id)
    expect(await seen(tree.city.id)).toEqual([tree.city.id, tree.district.id])
    expect(await seen(tree.district.id, 'sponsor:reviewer')).toEqual([tree.district.id])
    const { above } = await listSponsors(world, { actor: sponsorActor(world, tree.district.id) })
    expect(above).toEqual([tree.province, tree.city].map(({ id, name, level }) => ({ id, name, level })))
    expect((await listSponsors(world, { actor: operator(world) })).above).toEqual([])
    expect((await listSponsors(world, { actor: operator(world) })).sponsors.map(({ id }) => id)).toEqual(
      expect.arrayContaining(Object.values(tree).map(({ id }) => id)),
    )
    expect((await listSponsors(world, { actor: { personId: world.id('person'), memberships: [] } })).sponsors).toEqual([])
  })
  it('a manager above may create programs and move money below; a reviewer only looks; for others there is nothing', async () => {
    const create = (actor: ReturnType<typeof sponsorActor>) =>
      createProgram(world, {
        actor,
        command: newCommand(world, 'createProgram'),
        params: { sponsorId: tree.city.id },
        body: programTerms(),
      })
    const { program } = await create(sponsorActor(world, tree.province.id))
    const params = { programId: program.id }
    const move = (actor: ReturnType<typeof sponsorActor>) =>
      moveMoney(world, {
        actor,
        command: newCommand(world, 'moveMoney'),
        params,
        body: { kind: 'top-up', fen: 100, reference: world.id('request') },
      })
    await expect(move(sponsorActor(world, tree.city.id))).resolves.toMatchObject({ freeFen: 100 })
    for (const reviewer of [tree.city.id, tree.province.id].map((id) => sponsorActor(world, id, 'sponsor:reviewer'))) {
      await expect(getProgram(world, { actor: reviewer, params })).resolves.toMatchObject({ budget: { freeFen: 100 } })
      await expect(move(reviewer)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(create(reviewer)).rejects.toMatchObject({ code: 'forbidden' })
    }
    for (const stranger of [tree.district.id, tree.other.id].map((id) => sponsorActor(world, id))) {
      await expect(getProgram(world, { actor: stranger, params })).rejects.toMatchObject({ code: 'not-found' })
      await expect(move(stranger)).rejects.toMatchObject({ code: 'not-found' })
      await expect(listPrograms(world, { actor: stranger, params: { sponsorId: tree.city.id } })).rejects.toMatchObject({
        code: 'not-found',
      })
    }
    const unknown = { programId: world.id('program') }
    await expect(getProgram(world, { actor: sponsorActor(world, tree.city.id), params: unknown })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
