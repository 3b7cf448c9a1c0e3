import { DeleteCommand, UpdateCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { lastMeeting } from '@skills/core/catalog/run.ts'
import { scanTable, violations } from '@skills/core/books/books.table.ts'
import { keys } from '@skills/core/keys.ts'
import { latestNotices } from '@skills/core/notices/notice.table.ts'
import { readRange } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { exportMe } from '@skills/functions/people/export-me.ts'
import { listMyReveals } from '@skills/functions/people/list-my-reveals.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { actor, startScene, type Scene } from '../people/people-scene.ts'
import { learner, reveal, sentence, staff } from './roster-scene.ts'

let scene: Scene
let people = 0
const next = () => (people += 1)
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())
afterEach(() => {
  scene.world.moveTo('2026-12-01T02:00:00.000Z')
  scene.world.limits = { ...scene.world.limits, reveals: 20 }
})

const code = (one: string) => ({ code: one })
const faults = async () =>
  violations(await scanTable(scene.world.table), scene.world.now()).filter(({ code: rule }) => rule.startsWith('A'))

describe('a learner’s number, for a stated purpose', () => {
  it('is opened to the manager of her provider, and she sees who looked, when, what for and why', async () => {
    const run = await makeRun(scene.world)
    const manager = staff(scene.world, run.run.providerId)
    await scene.register(manager.personId, { realName: '黄经理', region: '460100', employmentKind: 'employee' })
    const one = await learner(scene, run, next())
    const answer = await reveal(scene, manager, run, one)
    expect(answer).toEqual({ enrollmentId: one.enrollmentId, what: 'mobile', value: one.mobile, at: scene.world.now() })
    expect((await reveal(scene, manager, run, one, { what: 'name', purpose: 'appraisal' })).value).toBe(one.name)

    const { reveals } = await listMyReveals(scene.world, { actor: actor(one.personId) })
    expect(reveals.map(({ what, purpose, byName }) => [what, purpose, byName]).toSorted()).toEqual([
      ['mobile', 'contact', '黄**'],
      ['name', 'appraisal', '黄**'],
    ])
    expect(reveals[0]).toMatchObject({ sentence, runId: run.run.id, providerName: run.providerName })
    const notices = await latestNotices(scene.world, one.personId)
    expect(notices.filter(({ href }) => href === '/profile/').map(({ title }) => title.zh)).toEqual(
      expect.arrayContaining(['培训机构查看了您的手机号', '培训机构查看了您的姓名']),
    )
    const mine = await exportMe(scene.world, scene.vault, { actor: actor(one.personId) })
    expect(mine.reveals).toHaveLength(2)
    expect(mine.history.filter(({ entity }) => entity === `${one.enrollmentId}/REVEALS`)).toHaveLength(2)
    expect(await faults()).toEqual([])
  })

  it('stands nowhere: not in the record of the command, not in the audit, not in the notice', async () => {
    const run = await makeRun(scene.world)
    const one = await learner(scene, run, next())
    await reveal(scene, staff(scene.world, run.run.providerId), run, one)
    await reveal(scene, staff(scene.world, run.run.providerId), run, one, { what: 'name' })
    const table = JSON.stringify(await scanTable(scene.world.table))
    expect([one.mobile, one.mobile.slice(3), one.name].filter((secret) => table.includes(secret))).toEqual([])
  })

  it('is opened once for one wish, and the lost answer can be had again for some minutes only', async () => {
    const run = await makeRun(scene.world)
    const manager = staff(scene.world, run.run.providerId)
    const one = await learner(scene, run, next())
    const command = scene.command('revealLearner')
    const first = await reveal(scene, manager, run, one, {}, command)
    expect(await reveal(scene, manager, run, one, {}, command)).toEqual(first)
    expect((await listMyReveals(scene.world, { actor: actor(one.personId) })).reveals).toHaveLength(1)
    scene.world.moveTo('2026-12-01T02:06:00.000Z')
    await expect(reveal(scene, manager, run, one, {}, command)).rejects.toMatchObject(code('reveal-over'))
  })

  it('is not opened without her consent, but for an emergency, nor after she took it back', async () => {
    const run = await makeRun(scene.world)
    const manager = staff(scene.world, run.run.providerId)
    const one = await learner(scene, run, next(), false)
    for (const purpose of ['contact', 'appraisal'] as const)
      await expect(reveal(scene, manager, run, one, { purpose })).rejects.toMatchObject(code('contact-not-allowed'))
    expect((await reveal(scene, manager, run, one, { purpose: 'emergency' })).value).toBe(one.mobile)
    await scene.consent(one.personId, 'provider-contact')
    const command = scene.command('revealLearner')
    await reveal(scene, manager, run, one, {}, command)
    await scene.consent(one.personId, 'provider-contact', false)
    await expect(reveal(scene, manager, run, one, {}, command)).rejects.toMatchObject(code('contact-not-allowed'))
  })

  it('is not opened to anybody else: another provider, a registrar, an operator, for another run', async () => {
    const [run, other] = [await makeRun(scene.world), await makeRun(scene.world)]
    const one = await learner(scene, run, next())
    const operator = {
      personId: scene.world.id('person'),
      memberships: [{ organizationId: 'plt_00000000000000000000000000', roles: ['platform:operator' as const] }],
    }
    for (const by of [staff(scene.world, other.run.providerId), staff(scene.world, run.run.providerId, 'provider:registrar'), operator])
      await expect(reveal(scene, by, run, one)).rejects.toMatchObject(code('not-found'))
    await expect(reveal(scene, staff(scene.world, other.run.providerId), other, one)).rejects.toMatchObject(code('not-found'))
    expect((await listMyReveals(scene.world, { actor: actor(one.personId) })).reveals).toEqual([])
  })

  it('is closed thirty days after the last meeting, and once she gave her seat back', async () => {
    const run = await makeRun(scene.world)
    const manager = staff(scene.world, run.run.providerId)
    const [one, left] = [await learner(scene, run, next()), await learner(scene, run, next())]
    await cancelEnrollment(scene.world, {
      actor: actor(left.personId),
      command: scene.command('cancelEnrollment'),
      params: { enrollmentId: left.enrollmentId },
      body: {},
    })
    await expect(reveal(scene, manager, run, left)).rejects.toMatchObject(code('reveal-closed'))
    const end = Date.parse(lastMeeting(run.run)) + 30 * 86_400_000
    scene.world.moveTo(new Date(end).toISOString())
    expect((await reveal(scene, manager, run, one)).value).toBe(one.mobile)
    scene.world.moveTo(new Date(end + 1).toISOString())
    await expect(reveal(scene, manager, run, one)).rejects.toMatchObject(code('reveal-closed'))
  })

  it.each(['请打 13800138000 找她', '身份证 990001 19900101 1234', '     '])(
    'refuses words that hold a number, or nothing: %s',
    async (words) => {
      const run = await makeRun(scene.world)
      const one = await learner(scene, run, next())
      const manager = staff(scene.world, run.run.providerId)
      await expect(reveal(scene, manager, run, one, { sentence: words })).rejects.toMatchObject(code('validation-failed'))
    },
  )
})

describe('how often in a day', () => {
  it('ends at the limit, for this person and this day', async () => {
    scene.world.limits = { ...scene.world.limits, reveals: 2 }
    const run = await makeRun(scene.world)
    const [manager, other] = [staff(scene.world, run.run.providerId), staff(scene.world, run.run.providerId)]
    const one = await learner(scene, run, next())
    await reveal(scene, manager, run, one)
    await reveal(scene, manager, run, one)
    await expect(reveal(scene, manager, run, one)).rejects.toMatchObject({ ...code('too-many-reveals'), retryAfterSeconds: 50_400 })
    await reveal(scene, other, run, one)
    scene.world.moveTo('2026-12-01T16:00:00.000Z')
    await reveal(scene, manager, run, one)
  })

  it('none at all where a deployment sets nought', async () => {
    scene.world.limits = { ...scene.world.limits, reveals: 0 }
    const run = await makeRun(scene.world)
    const one = await learner(scene, run, next())
    await expect(reveal(scene, staff(scene.world, run.run.providerId), run, one)).rejects.toMatchObject(code('too-many-reveals'))
  })

  it('asks in its condition of what is stored, for DynamoDB compares no two given values', async () => {
    const asked: string[] = []
    const client = new Proxy(scene.world.table.client, {
      get: (target, name) =>
        name !== 'send'
          ? (Reflect.get(target, name) as unknown)
          : (command: { input: Partial<TransactWriteCommandInput> }) => {
              for (const { Update } of command.input.TransactItems ?? []) asked.push(Update?.ConditionExpression ?? '')
              return target.send(command as never)
            },
    })
    const run = await makeRun(scene.world)
    const one = await learner(scene, run, next())
    const world = { ...scene.world, table: { ...scene.world.table, client } } as Scene['world']
    await reveal({ ...scene, world }, staff(scene.world, run.run.providerId), run, one)
    expect(asked.filter((condition) => condition.includes('reveals'))).toHaveLength(1)
    expect(asked.filter((condition) => /:\w+ *[<>=]+ *:\w+/.test(condition))).toEqual([])
  })

  const many = 24
  const most = 5
  async function storm(world: World): Promise<{ opened: number; written: number }> {
    world.limits = { ...world.limits, reveals: most }
    const run = await makeRun(world)
    const manager = staff(world, run.run.providerId)
    const learners = []
    for (let n = 0; n < many; n += 1) learners.push(await learner(scene, run, next()))
    const answers = await Promise.allSettled(learners.map((one) => reveal({ ...scene, world: world as Scene['world'] }, manager, run, one)))
    const written = await Promise.all(
      learners.map(({ personId }) => readRange(world.table, { pk: `PERSON#${personId}`, begins: 'REVEAL#' })),
    )
    return { opened: answers.filter(({ status }) => status === 'fulfilled').length, written: written.flat().length }
  }

  it('holds for one who asks for two dozen learners at the same moment', async () => {
    const { opened, written } = await storm(scene.world)
    expect([opened, written]).toEqual([most, most])
    expect(await faults()).toEqual([])
  })

  it('CONTROL: without the condition on the count more are opened', async () => {
    const client = new Proxy(scene.world.table.client, {
      get: (target, name) =>
        name !== 'send'
          ? (Reflect.get(target, name) as unknown)
          : (command: { input: Partial<TransactWriteCommandInput> }) => {
              for (const { Update } of command.input.TransactItems ?? [])
                if (Update?.UpdateExpression?.includes('reveals') === true) {
                  delete Update.ConditionExpression
                  delete Update.ExpressionAttributeValues?.[':most']
                }
              return target.send(command as never)
            },
    })
    const { opened } = await storm({ ...scene.world, table: { ...scene.world.table, client } })
    expect(opened).toBeGreaterThan(most)
  })
})

describe('the books', () => {
  it('notice a look-up that was taken out of her record, and one whose words were changed', async () => {
    const run = await makeRun(scene.world)
    const one = await learner(scene, run, next())
    await reveal(scene, staff(scene.world, run.run.providerId), run, one)
    const key = keys.reveal.key(one.personId, one.enrollmentId, '0001')
    const { client, name } = scene.world.table
    await client.send(
      new UpdateCommand({
        TableName: name,
        Key: key,
        UpdateExpression: 'SET reveal.sentence = :other',
        ExpressionAttributeValues: { ':other': '别的' },
      }),
    )
    expect((await faults()).map(({ code: rule }) => rule)).toEqual(['A4'])
    await client.send(new DeleteCommand({ TableName: name, Key: key }))
    expect((await faults()).map(({ code: rule }) => rule)).toEqual(['A4'])
  })
})
