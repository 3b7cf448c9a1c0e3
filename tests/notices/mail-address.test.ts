import { scanTable } from '@skills/core/books/books.table.ts'
import { violations } from '@skills/core/books/books.table.ts'
import { usualSettings } from '@skills/core/notices/settings.ts'
import { askMail, confirmMail, dropMail } from '@skills/functions/notices/mail-address.ts'
import { saveNoticeSettings } from '@skills/functions/notices/notice-settings.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actor, profileInput } from '../people/people-scene.ts'
import { at, startNights, type NightScene } from './night-scene.ts'

let scene: NightScene
beforeAll(async () => {
  scene = await startNights()
  scene.world.moveTo(at(1, '12:00'))
})
afterAll(() => scene.stop())

let people = 500
async function agreed(): Promise<string> {
  const personId = scene.person()
  await scene.register(personId, profileInput((people += 1)))
  await scene.consent(personId, 'mail')
  return personId
}
const confirm = (personId: string, code: string, id?: string) =>
  confirmMail(scene.mailing, { actor: actor(personId), command: scene.command('confirmMail', id), body: { code } })

test('an address counts once the code came back, and stands readable nowhere', async () => {
  const personId = await agreed()
  const code = await scene.code(personId, 'Canary.Address@example.com')
  expect(await scene.settings(personId)).toMatchObject({ mail: { maskedAddress: null, pendingUntil: at(1, '12:10') } })
  expect(await confirm(personId, ` ${code} `)).toMatchObject({ mail: { maskedAddress: 'C***@example.com', pendingUntil: null } })
  const table = JSON.stringify(await scanTable(scene.world.table))
  expect(table).not.toContain('Canary.Address')
  expect(table).not.toContain(`"${code}"`)
  const dropped = await dropMail(scene.mailing, { actor: actor(personId), command: scene.command('dropMail') })
  expect(dropped.mail.maskedAddress).toBeNull()
})

test('a wrong code is told with the tries that are left, and the sixth is over even when right', async () => {
  const personId = await agreed()
  const code = await scene.code(personId)
  const wrong = code === '000000' ? '000001' : '000000'
  for (const left of [4, 3, 2, 1])
    await expect(confirm(personId, wrong)).rejects.toMatchObject({ code: 'mail-code-wrong', members: { left } })
  await expect(confirm(personId, wrong)).rejects.toMatchObject({ code: 'mail-code-over' })
  await expect(confirm(personId, code)).rejects.toMatchObject({ code: 'mail-code-over' })
})

test('of many guesses at once no more than five are compared', async () => {
  const personId = await agreed()
  const code = Number(await scene.code(personId))
  const guesses = Array.from({ length: 30 }, (_, n) =>
    confirm(personId, String((code + 1 + n) % 1_000_000).padStart(6, '0')).catch((error: { code: string }) => error.code),
  )
  const answers = await Promise.all(guesses)
  expect(answers.filter((answer) => answer === 'mail-code-wrong').length).toBeLessThanOrEqual(5)
  await expect(confirm(personId, String(code).padStart(6, '0'))).rejects.toMatchObject({ code: 'mail-code-over' })
})

test('saving preferences beside guesses does not give tries back', async () => {
  const personId = await agreed()
  const code = await scene.code(personId)
  const wrong = code === '000000' ? '000001' : '000000'
  for (let n = 0; n < 5; n += 1) {
    const { version } = await scene.settings(personId)
    const body = { version, groups: usualSettings.groups, quiet: null }
    await Promise.all([
      confirm(personId, wrong).catch(() => undefined),
      saveNoticeSettings(scene.mailing, { actor: actor(personId), command: scene.command('saveNoticeSettings'), body }),
    ])
  }
  await expect(confirm(personId, code)).rejects.toMatchObject({ code: 'mail-code-over' })
})

test('a code is over after ten minutes, a new one replaces it, and five a day is all', async () => {
  const personId = await agreed()
  const first = await scene.code(personId)
  const second = await scene.code(personId)
  if (first !== second) await expect(confirm(personId, first)).rejects.toMatchObject({ code: 'mail-code-wrong' })
  scene.world.moveTo(at(1, '12:10'))
  await expect(confirm(personId, second)).rejects.toMatchObject({ code: 'mail-code-over' })
  for (let n = 0; n < 3; n += 1) await scene.code(personId)
  await expect(scene.code(personId)).rejects.toMatchObject({ code: 'rate-limited' })
  scene.world.moveTo(at(2, '12:00'))
  expect(await scene.code(personId)).toMatch(/^\d{6}$/)
})

test('one key mails one code, also when asked by many at once', async () => {
  const personId = await agreed()
  scene.mails.length = 0
  const ask = () =>
    askMail(scene.mailing, {
      actor: actor(personId),
      command: scene.command('askMail', 'one-key'),
      body: { address: 'a@example.com' },
    }).catch((error: unknown) => error)
  await Promise.all(Array.from({ length: 4 }, ask))
  await ask()
  expect(scene.mails).toHaveLength(1)
  expect(await confirm(personId, /\d{6}/.exec(scene.mails[0]?.text ?? '')?.[0] ?? '')).toMatchObject({
    mail: { maskedAddress: 'a***@example.com' },
  })
})

test('without consent, without mail, and with no address it is refused by name', async () => {
  const personId = scene.person()
  const asked = { actor: actor(personId), command: scene.command('askMail') }
  await expect(askMail(scene.mailing, { ...asked, body: { address: 'a@example.com' } })).rejects.toMatchObject({ code: 'mail-not-agreed' })
  await expect(askMail({ ...scene.mailing, sendMail: undefined }, { ...asked, body: { address: 'a@example.com' } })).rejects.toMatchObject({
    code: 'mail-not-offered',
  })
  for (const address of ['', 'a', 'a@b', 'a b@example.com', '测试@example.com', `${'a'.repeat(70)}@example.com`])
    await expect(askMail(scene.mailing, { ...asked, body: { address } })).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '#/address', code: 'mail-format' }],
    })
})

test('the books are clean afterwards', async () => {
  expect(violations(await scanTable(scene.world.table), scene.world.now())).toEqual([])
})
