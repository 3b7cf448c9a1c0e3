import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Refusal } from '@skills/contract/refusals.ts'
import { keys } from '@skills/core/keys.ts'
import { profileOf } from '@skills/core/people/profile.table.ts'
import { claimFacts } from '@skills/core/people/profile.ts'
import { readItem } from '@skills/core/table.ts'
import { getMe } from '@skills/functions/people/get-me.ts'
import { getProfile } from '@skills/functions/people/get-profile.ts'
import { saveProfile } from '@skills/functions/people/save-profile.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actor, idNumber, mobileNumber, profileInput, startScene, type Scene } from './people-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())

const save = (personId: string, body: ReturnType<typeof profileInput>, command = scene.command('saveProfile')) =>
  saveProfile(scene.world, scene.vault, { actor: actor(personId), command, body })
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof Refusal ? error.code : `no refusal: ${String(error)}`
}
const stored = async (personId: string) => profileOf(await readItem(scene.world.table, keys.profile.key(personId)))

test('a first profile needs the identity consent, to the current words and not withdrawn', async () => {
  const personId = scene.person()
  expect(await refusal(save(personId, profileInput(1)))).toBe('consent-required')
  await scene.consent(personId, 'identity')
  await scene.consent(personId, 'identity', false)
  expect(await refusal(save(personId, profileInput(1)))).toBe('consent-required')
  expect(await stored(personId)).toBeUndefined()
})

test('a profile is shown to its owner masked, and tells claiming what it needs', async () => {
  const personId = scene.person()
  const before = await getMe(scene.world, { actor: actor(personId) })
  expect(before).toEqual({
    personId,
    displayName: null,
    profileMissing: ['realName', 'residentId', 'mobile', 'region', 'employmentKind'],
    memberships: [],
  })
  const saved = await scene.register(personId, profileInput(2, { realName: '欧阳测试', unionNumber: 'GH-0002', education: 'college' }))
  expect(saved).toMatchObject({
    realName: '欧阳测试',
    maskedResidentId: `990***********${idNumber(2).slice(-4)}`,
    maskedMobile: '199****0002',
    unionNumber: 'GH-0002',
    missing: [],
  })
  expect(await getProfile(scene.world, scene.vault, { actor: actor(personId) })).toEqual(saved)
  expect(await getMe(scene.world, { actor: actor(personId) })).toMatchObject({ displayName: '欧阳**', profileMissing: [] })
  expect(claimFacts(await stored(personId))).toEqual({
    missing: [],
    bornOn: '1990-01-01',
    region: '460100',
    employmentKind: 'employee',
    education: 'college',
    certificates: [],
    maskedName: '欧阳**',
  })
  expect(Object.keys((await stored(personId)) ?? {}).sort()).toEqual(
    [
      ...['pk', 'sk', 'personId', 'bornOn', 'region', 'employmentKind', 'education', 'certificates', 'maskedName', 'namedHashes'],
      ...['missing', 'version', 'auditHash', 'updatedAt', 'sealed', 'wrappedKey'],
    ].sort(),
  )
})

test('a repeated command gets the first answer, even after a later correction, and its record holds no name', async () => {
  const personId = scene.person()
  await scene.register(personId, profileInput(3))
  const command = scene.command('saveProfile')
  const first = await save(personId, profileInput(3, { realName: '测试甲', unionNumber: 'GH-0003' }), command)
  await save(personId, profileInput(3, { realName: '测试乙', unionNumber: null }))
  expect(await save(personId, profileInput(3, { realName: '测试甲', unionNumber: 'GH-0003' }), command)).toEqual(first)
  expect((await stored(personId))?.version).toBe(3)
  expect(JSON.stringify(await readItem(scene.world.table, keys.command.key(command.id)))).not.toMatch(/测试甲|GH-0003/)
  expect(await refusal(save(personId, profileInput(3), { ...command, fingerprint: 'something else' }))).toBe('idempotency-key-reused')
})

test('the same command sent twice at once is done once', async () => {
  const personId = scene.person()
  await scene.consent(personId, 'identity')
  const command = scene.command('saveProfile')
  const answers = await Promise.all([1, 2, 3, 4].map(() => save(personId, profileInput(4), command)))
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect((await stored(personId))?.version).toBe(1)
})

test('two corrections at once both arrive, one after the other', async () => {
  const personId = scene.person()
  await scene.register(personId, profileInput(5))
  await Promise.all([save(personId, profileInput(5, { region: '460200' })), save(personId, profileInput(5, { region: '460300' }))])
  expect((await stored(personId))?.version).toBe(3)
})

test('a number belongs to one person, however it is typed', async () => {
  const [one, two] = [scene.person(), scene.person()]
  await scene.register(one, profileInput(6))
  await scene.consent(two, 'identity')
  const wide = idNumber(6)
    .replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    .toLowerCase()
  expect(await refusal(save(two, profileInput(7, { residentId: ` ${wide} ` })))).toBe('id-in-use')
  expect(await refusal(save(two, profileInput(7, { mobile: `+86 ${mobileNumber(6)}` })))).toBe('mobile-in-use')
  expect(await stored(two)).toBeUndefined()
  expect((await save(one, profileInput(6, { realName: '测试本人' }))).realName).toBe('测试本人')
})

test('a changed mobile is given back; a corrected ID stays with its person, or one human could register twice', async () => {
  const [one, two] = [scene.person(), scene.person()]
  await scene.register(one, profileInput(8))
  await save(one, profileInput(9))
  await scene.consent(two, 'identity')
  expect(await refusal(save(two, profileInput(8)))).toBe('id-in-use')
  expect((await save(two, profileInput(30, { mobile: mobileNumber(8) }))).missing).toEqual([])
  expect(await refusal(save(two, profileInput(30, { mobile: mobileNumber(9) })))).toBe('mobile-in-use')
  expect((await save(one, profileInput(9, { residentId: idNumber(8) }))).maskedResidentId).toContain(idNumber(8).slice(-4))
})

test('what was left out stays, and may still be corrected after the consent was withdrawn', async () => {
  const personId = scene.person()
  const { residentId: _, mobile: __, ...rest } = profileInput(10)
  await scene.register(personId, rest)
  expect((await stored(personId))?.missing).toEqual(['residentId', 'mobile'])
  await save(personId, profileInput(10))
  await scene.consent(personId, 'identity', false)
  expect(await save(personId, { ...rest, region: '469001' })).toMatchObject({ missing: [], region: '469001', maskedMobile: '199****0010' })
})

test('ciphertexts that change places do not open', async () => {
  const [one, two] = [scene.person(), scene.person()]
  await scene.register(one, profileInput(11))
  await scene.register(two, profileInput(12))
  const [a, b] = [await stored(one), await stored(two)]
  if (a === undefined || b === undefined) throw new Error('both were registered')
  const old = a.sealed
  await save(one, profileInput(11, { realName: '测试新名' }))
  const now = await stored(one)
  const put = (sealed: unknown, wrappedKey: unknown = now?.wrappedKey) =>
    scene.world.table.client.send(
      new UpdateCommand({
        TableName: scene.world.table.name,
        Key: keys.profile.key(one),
        UpdateExpression: 'SET sealed = :sealed, wrappedKey = :key',
        ExpressionAttributeValues: { ':sealed': sealed, ':key': wrappedKey },
      }),
    )
  const read = () => getProfile(scene.world, scene.vault, { actor: actor(one) })
  await put(now?.sealed)
  expect((await read()).realName).toBe('测试新名')
  for (const [why, sealed, wrapped] of [
    ['two fields of one person', { ...now?.sealed, residentId: now?.sealed.mobile, mobile: now?.sealed.residentId }],
    ['a field of another person', { ...now?.sealed, residentId: b.sealed.residentId }],
    ['a field of another person with its key', b.sealed, b.wrappedKey],
    ['what stood here before', old],
  ] as const) {
    await put(sealed, wrapped)
    await expect(read(), why).rejects.toThrow()
  }
})

/** Twenty people save the same ID number at once; how many of them hold it then. */
async function race(n: number, world = scene.world): Promise<number> {
  const people = Array.from({ length: 20 }, () => scene.person())
  for (const personId of people) await scene.consent(personId, 'identity')
  const outcomes = await Promise.allSettled(
    people.map((personId, place) =>
      saveProfile(world, scene.vault, {
        actor: actor(personId),
        command: scene.command('saveProfile'),
        body: profileInput(n, { mobile: mobileNumber(n * 10 + place) }),
      }),
    ),
  )
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect((outcome.reason as Refusal).code).toBe('id-in-use')
  const held = await Promise.all(people.map(stored))
  expect(held.filter((profile) => profile !== undefined)).toHaveLength(outcomes.filter(({ status }) => status === 'fulfilled').length)
  return held.filter((profile) => profile !== undefined).length
}

test('of twenty people who save one ID number at once, one holds it', async () => {
  expect(await race(21)).toBe(1)
})

test('control: without the guard all of them would hold it', async () => {
  const { table } = scene.world
  const unguarded = {
    ...table,
    client: new Proxy(table.client, {
      get: (client, name) => {
        const value = Reflect.get(client, name, client) as unknown
        if (name !== 'send') return value
        return (command: { input: { TransactItems?: { Put?: { Item?: Record<string, unknown> } }[] } }) => {
          const { TransactItems: items } = command.input
          if (items) command.input.TransactItems = items.filter(({ Put: put }) => !String(put?.Item?.['pk']).startsWith('RESIDENT-ID#'))
          return client.send(command as never)
        }
      },
    }),
  }
  // How many get through depends on the machine's moment; more than one proves the race.
  expect(await race(22, { ...scene.world, table: unguarded })).toBeGreaterThan(1)
})
