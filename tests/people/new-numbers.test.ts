import { Refusal } from '@skills/contract/refusals.ts'
import { keys } from '@skills/core/keys.ts'
import { profileOf, writeProfile } from '@skills/core/people/profile.table.ts'
import { nextProfile } from '@skills/core/people/next-profile.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import { readItem } from '@skills/core/table.ts'
import { saveProfile } from '@skills/functions/people/save-profile.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { put } from './notices-scene.ts'
import { actor, idNumber, mobileNumber, profileInput, startScene, type Scene } from './people-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())

const save = (personId: string, body: ReturnType<typeof profileInput>, command = scene.command('saveProfile')) =>
  saveProfile(scene.world, scene.vault, { actor: actor(personId), command, body })
async function refusal(work: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
const code = async (work: Promise<unknown>) => (await refusal(work))?.code

test('who asks after other people’s numbers is stopped after five in a day, found or not, and may go on after midnight in Beijing', async () => {
  const [known, curious] = [scene.person(), scene.person()]
  await scene.register(known, profileInput(1))
  await scene.consent(curious, 'identity')
  const ask = (n: number) => save(curious, profileInput(2, { residentId: idNumber(n), mobile: mobileNumber(2) }))
  expect(await code(ask(1))).toBe('id-in-use')
  expect(await code(save(curious, profileInput(2, { mobile: mobileNumber(1) })))).toBe('mobile-in-use')
  for (const n of [3, 4, 5]) expect(await code(ask(n))).toBeUndefined()
  const refused = await refusal(ask(1))
  expect([refused?.code, refused?.retryAfterSeconds]).toEqual(['rate-limited', 14 * 3600])
  expect(await code(ask(6))).toBe('rate-limited')
  // What names no new number is no attempt; a slip of the keyboard is none either.
  const { residentId: _, mobile: __, ...rest } = profileInput(2)
  expect(await code(save(curious, { ...rest, region: '460200' }))).toBeUndefined()
  expect(await code(ask(5))).toBeUndefined()
  expect(await code(save(curious, { ...rest, residentId: '123' }))).toBe('validation-failed')
  const counter = await readItem(scene.world.table, keys.tries.key(curious, '2026-12-01'))
  expect(counter).toMatchObject({ tries: 5, expiresAt: Date.parse(scene.world.now()) / 1000 + 7 * 86_400 })

  scene.world.moveTo('2026-12-01T16:00:00.000Z')
  expect(await code(ask(7))).toBeUndefined()
})

test('twenty questions at once are five answers', async () => {
  const personId = scene.person()
  await scene.consent(personId, 'identity')
  const codes = await Promise.all(Array.from({ length: 20 }, (_, n) => code(save(personId, profileInput(100 + n)))))
  expect(codes.filter((one) => one === 'rate-limited')).toHaveLength(15)
})

test('after the consent was withdrawn or its words changed no new number is taken; the rest may be corrected', async () => {
  const personId = scene.person()
  const { residentId: _, mobile: __, ...rest } = profileInput(40)
  await scene.register(personId, { ...rest, mobile: mobileNumber(40) })
  await scene.consent(personId, 'identity', false)
  for (const more of [{ residentId: idNumber(40) }, { mobile: mobileNumber(41) }])
    expect(await code(save(personId, { ...rest, ...more }))).toBe('consent-required')
  expect(await code(save(personId, { ...rest, mobile: mobileNumber(40), realName: '测试改名' }))).toBeUndefined()
  await put(scene.world, { ...keys.consent.key(personId, 'identity'), given: true, version: 'identity-2026-11' })
  expect(await code(save(personId, { ...rest, residentId: idNumber(40) }))).toBe('consent-required')
  expect(((await readItem(scene.world.table, keys.profile.key(personId)))?.['sealed'] as { residentId: unknown }).residentId).toBeNull()
})

test('a consent that is withdrawn in the same moment stops the change inside its transaction', async () => {
  const personId = scene.person()
  await scene.register(personId, profileInput(50))
  const withdrawing = {
    ...scene.vault,
    hashOf: async (...asked: Parameters<typeof scene.vault.hashOf>) => {
      await scene.consent(personId, 'identity', false)
      return scene.vault.hashOf(...asked)
    },
  }
  const body = profileInput(50, { residentId: idNumber(51) })
  const change = saveProfile(scene.world, withdrawing, { actor: actor(personId), command: scene.command('saveProfile'), body })
  expect(await code(change)).toBe('consent-required')
  expect((await readItem(scene.world.table, keys.profile.key(personId)))?.['version']).toBe(1)
})

test('control: a change that does not ask for the consent is written without it', async () => {
  const personId = scene.person()
  await scene.register(personId, profileInput(60))
  await scene.consent(personId, 'identity', false)
  const before = profileOf(await readItem(scene.world.table, keys.profile.key(personId)))
  if (before === undefined) throw new Error('the person was just registered')
  const key = await scene.vault.openKey(personId, before.wrappedKey)
  const next = nextProfile(profileInput(61), undefined, '2026-12-01')
  const write = (identityNotice: string | undefined) =>
    writeProfile(scene.world, scene.vault, scene.command('saveProfile'), {
      personId,
      before,
      clearBefore: undefined,
      next,
      key,
      identityNotice,
    })
  expect(await write(identityNoticeVersion)).toMatchObject({ failed: 'consent' })
  expect(await write(undefined)).toHaveProperty('answer')
})
