import { platformId } from '@skills/contract/ids.ts'
import { must } from '@skills/local/must.ts'
import { beforeAll, expect, it } from 'vitest'
import { eveningSchool, signInAs, type House, type Visitor } from './house.ts'
import { inLanguage, languages, lookAt, picture } from './look-at.ts'
import { fillPerson } from './money-scene.ts'

const [operator, learner, manager] = ['demo-chen', 'demo-fu-dahai', 'demo-huang']
const [second, third] = ['quality-second', 'quality-third']

/** A seat of the learner in the evening school, and two more operators. */
async function givenSeat(house: House) {
  const { runId, courseId } = await eveningSchool(house.site)
  const who = house.as(learner)
  const held = must('reading seats', await who.call('listMyEnrollments', { query: { limit: '50' } })).items
  const had = held.find(({ enrollment }) => enrollment.runId === runId && enrollment.state === 'active')?.enrollment
  const { id } = had ?? must('claiming', await who.call('claimSeat', { params: { runId }, body: {} }))
  const api = house.as(operator)
  for (const [place, sub] of [second, third].entries()) {
    await fillPerson(house.as(sub), 60 + place)
    const { personId } = must('reading who one is', await house.as(sub).call('getMe', {}))
    const body = { organizationName: { zh: '平台', en: 'Platform' }, roles: ['platform:operator' as const] }
    must('appointing', await api.call('saveMembership', { params: { personId, organizationId: platformId }, body }))
  }
  const { memberships } = must('reading who one is', await house.as(manager).call('getMe', {}))
  const providerId = memberships.find(({ roles }) => roles.includes('provider:manager'))?.organizationId ?? ''
  const { current } = must('reading rules', await api.call('listRules', {}))
  return { runId, courseId, enrollmentId: id, providerId, ruleTextId: current[0]?.id ?? '' }
}

/** A complaint from the phone to its decision, the figures, and a sanction that is confirmed, read by everybody, appealed and lifted. */
export function quality(house: () => House): void {
  let scene: Awaited<ReturnType<typeof givenSeat>>
  beforeAll(async () => {
    scene = await givenSeat(house())
  }, 120_000)
  const desk = async (sub: string, path: string): Promise<Visitor> => {
    const visitor = await house().visit({ device: 'desktop' })
    await visitor.page.goto(path)
    await signInAs(visitor.page, sub)
    return visitor
  }

  it('a learner complains from her learning, on the phone and with what is missing said at its field', { timeout: 180_000 }, async () => {
    const visitor = await house().visit({ device: 'phone' })
    const { page } = visitor
    await page.goto('/complaints/')
    await signInAs(page, learner)
    await page.locator('.empty').waitFor()
    await picture(visitor, 'complaints-none-zh')
    await page.goto('/learning/')
    await page.locator(`[data-enrollment="${scene.enrollmentId}"] a[href*="/complaints/"]`).click()
    const send = page.locator('#complain [type=submit]')
    await send.press('Enter')
    await page.locator('#kind-error .icon').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('kind')
    await page.locator('#kind').selectOption('safety')
    await page.locator('#text').fill('配电柜没有接地，老师电话 19900001234')
    await send.press('Enter')
    await page.locator('#text-error .icon').waitFor()
    expect(await page.locator('#text-error').textContent()).not.toContain('1990')
    await page.locator('#text').fill('实训室的配电柜没有接地，上课时有人被电到。')
    await picture(visitor, 'complaint-form-zh')
    await page.goto(`/en/complaints/?enrollment=${scene.enrollmentId}`)
    await page.locator('#complain').waitFor()
    await picture(visitor, 'complaint-form-en', 'desktop')
    await page.goBack()
    await page.locator('#kind').selectOption('safety')
    await page.locator('#text').fill('实训室的配电柜没有接地，上课时有人被电到。')
    await send.press('Enter')
    await page.locator('#said .good-news').waitFor()
    expect(await page.locator('[data-complaint]').getAttribute('data-state')).toBe('open')
    await picture(visitor, 'complaint-open-zh')
    await page.goto('/complaints/?enrollment=nothing')
    await page.locator('#form .notice').waitFor()
    await visitor.leave()
  })

  it(
    'its provider answers, she says that it is not settled, an operator decides; each reads the others',
    { timeout: 240_000 },
    async () => {
      const own = await desk(manager, `/console/provider/?provider=${scene.providerId}&tab=quality`)
      const mine = own.page.locator('[data-complaint]').first()
      await mine.locator('textarea').fill('已停用实训室，今天检修，下周补课。')
      await picture(own, 'console-quality-zh', 'desktop')
      await mine.locator('button[type=submit]').click()
      await own.page.locator('[data-complaint][data-state=answered]').waitFor()
      await own.leave()

      const visitor = await house().visit({ device: 'phone' })
      await visitor.page.goto('/complaints/')
      await signInAs(visitor.page, learner)
      await visitor.page.locator('[data-unsettled]').waitFor()
      await picture(visitor, 'complaint-answered-zh')
      await visitor.page.locator('[data-unsettled]').click()
      await visitor.page.locator('[data-complaint][data-state=with-operator]').waitFor()

      const bench = await desk(operator, '/console/operator/?tab=complaints')
      const one = bench.page.locator('[data-complaint]').first()
      await one.locator('button').first().click()
      await one.locator('.ant-tag', { hasText: '符大海' }).waitFor()
      await one.getByRole('button', { name: '成立', exact: true }).click()
      await one.locator('.field-error').waitFor()
      await one.locator('textarea').fill('现场核查属实，机构已停用实训室')
      await picture(bench, 'console-complaints-zh', 'desktop')
      await bench.page.goto('/en/console/operator/?tab=complaints')
      await bench.page.locator('[data-complaint] textarea').first().fill('Found so on the spot')
      await picture(bench, 'console-complaints-en')
      await bench.page.getByRole('button', { name: 'Uphold', exact: true }).first().click()
      await bench.page.locator('.empty').waitFor()
      await bench.leave()

      await lookAt(visitor, '/complaints/', '[data-complaint][data-state=upheld]', 'complaint-upheld')
      await visitor.leave()
    },
  )

  it('figures are reckoned, and stand in the console and beside the course', { timeout: 180_000 }, async () => {
    await house().fire('reckon-quality')
    const own = await desk(manager, `/console/provider/?provider=${scene.providerId}&tab=quality`)
    await own.page.locator('.table-frame').first().waitFor()
    await picture(own, 'console-quality-figures-zh', 'desktop')
    await own.page.goto(`/en/console/provider/?provider=${scene.providerId}&tab=quality`)
    await own.page.locator('.table-frame').first().waitFor()
    await picture(own, 'console-quality-figures-en')
    await own.leave()
    const visitor = await house().visit({ device: 'phone' })
    await lookAt(visitor, `/courses/${scene.courseId}/`, '.quality-figures', 'course-quality')
    await visitor.leave()
  })

  it(
    'an operator proposes, another confirms, everybody reads it, the provider appeals, a third lifts it',
    { timeout: 300_000 },
    async () => {
      const { providerId, ruleTextId } = scene
      const visitor = await house().visit({ device: 'phone' })
      await lookAt(visitor, '/about/quality/', '#sanctions p', 'about-quality')
      await visitor.leave()
      // By form, as a warning.
      const bench = await desk(operator, `/console/operator/?tab=sanctions&provider=${providerId}`)
      const { page } = bench
      await page.locator('#propose-title').waitFor()
      await page
        .locator('form', { has: page.locator('#grade') })
        .locator('button[type=submit]')
        .click()
      await page.locator('.ant-form-item-explain-error').first().waitFor()
      await picture(bench, 'console-sanction-form-zh', 'desktop')
      await page.locator('#rule').click()
      await page.locator('.ant-select-item-option').first().click()
      await page.locator('#clause').fill('实训安全')
      await page.locator('#reason').fill('实训室接地不合格')
      await page
        .locator('form', { has: page.locator('#grade') })
        .locator('button[type=submit]')
        .click()
      await page.locator('[data-sanction][data-state=proposed]').waitFor()
      // Who proposed it may only withdraw.
      expect(await page.locator('[data-sanction]').getByRole('button', { name: '确认生效' }).count()).toBe(0)

      const body = {
        grade: 'no-new-runs' as const,
        reason: '实训室接地不合格',
        complaintIds: [],
        ruleTextId,
        clause: '实训安全',
        days: 30,
        atOnce: '有人触电',
      }
      const { sanction } = must('proposing', await house().as(second).call('proposeSanction', { params: { providerId }, body }))
      await page.goto('/console/operator/?tab=sanctions')
      const one = page.locator(`[data-sanction="${sanction.id}"]`)
      await one.waitFor()
      await picture(bench, 'console-sanctions-zh', 'desktop')
      await one.getByRole('button', { name: '确认生效' }).click()
      await page.locator(`[data-sanction="${sanction.id}"][data-state=in-force]`).waitFor()

      const reader = await house().visit({ device: 'phone' })
      for (const language of languages) {
        await reader.page.goto(inLanguage(language, '/about/quality/'))
        await reader.page.locator('#sanctions tbody tr').first().waitFor()
        await picture(reader, `about-quality-in-force-${language}`, language === 'zh' ? 'phone' : 'desktop')
      }
      await reader.leave()

      const own = await desk(manager, `/console/provider/?provider=${providerId}&tab=quality`)
      const theirs = own.page.locator(`[data-sanction="${sanction.id}"]`)
      await theirs.locator('textarea').fill('接地已于当天修好，检测报告已提交。')
      await picture(own, 'console-appeal-zh', 'desktop')
      await theirs.locator('button[type=submit]').click()
      await theirs.locator('dt', { hasText: '申诉等待决定' }).waitFor()
      await own.leave()

      const { sanctions } = must('reading cases', await house().as(third).call('listSanctionCases', {}))
      const version = sanctions.find(({ id }) => id === sanction.id)?.version ?? 0
      const decision = { outcome: 'lifted' as const, days: null, reason: '检测报告合格', version }
      must(
        'deciding',
        await house()
          .as(third)
          .call('decideAppeal', { params: { sanctionId: sanction.id }, body: decision }),
      )
      await page.reload()
      await page.locator('[data-sanction]').first().waitFor()
      expect(await page.locator(`[data-sanction="${sanction.id}"]`).count()).toBe(0)
      // The warning is taken back, so that the house is as it was.
      await page.locator('[data-sanction] textarea').first().fill('机构已整改')
      await page.locator('[data-sanction]').getByRole('button', { name: '撤回' }).first().click()
      await page.locator('.empty').waitFor()
      await bench.leave()
    },
  )
}
