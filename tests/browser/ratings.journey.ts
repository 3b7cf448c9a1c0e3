import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { must } from '@skills/local/must.ts'
import { beforeAll, expect, it } from 'vitest'
import { credit } from '../payout/payout-scene.ts'
import { testWorld } from '../test-world.ts'
import { signInAs, type House } from './house.ts'
import { inLanguage, languages, lookAt, picture } from './look-at.ts'
import { fillPerson } from './money-scene.ts'

const [operator, rater, manager] = ['demo-chen', 'demo-lin-xiaoyu', 'demo-huang']
const code = 'RATED-1'

const sheet = (now: string) => {
  const day = (days: number) => dateAt(plusMinutes(now, days * 24 * 60))
  const row = {
    机构编码: 'RATED-P',
    机构名称: '椰风技能学校（演示）',
    机构英文名: 'Coconut Breeze School (demo)',
    机构简介: '面向一线职工的培训。',
    机构英文简介: 'Training for people at work.',
    机构地区: '海口市',
    课程编码: code,
    课程名称: `海岛待客之道（${code}）`,
    课程英文名: `Island hospitality (${code})`,
    课程简介: '待客礼仪与常用英语。',
    课程英文简介: 'Manners and everyday English.',
    适合人群: '旅游业职工',
    英文适合人群: 'People who work in tourism',
    行业: '旅游业',
    证书类别: '培训结业',
    授课方式: '直播',
    理论课时: '2',
    实操课时: '0',
    '标价(元)': '0',
    课程状态: '发布',
    期编码: `${code}-1`,
    期名称: '第一期',
    期英文名: 'First run',
    报名开始: `${day(-1)} 09:00`,
    报名截止: `${day(300)} 18:00`,
    名额: '30',
    '价格(元)': '0',
    上课时间: `${day(301)} 05:00-06:00 直播`,
    期状态: '发布',
  }
  return [Object.keys(row).join(','), Object.values(row).join(',')].join('\n')
}

/** A run that three people attended and that is over: no clock of this house is moved for it, so its meeting is. */
async function givenRun(house: House) {
  const api = house.as(operator)
  const now = new Date().toISOString()
  must('importing', await api.call('importCatalog', { query: { write: 'yes' }, body: sheet(now), headers: { 'content-type': 'text/csv' } }))
  const { table } = house.below()
  const idOf = async (kind: 'provider' | 'run', scope: string, of: string) =>
    String((await readItem(table, keys.code.key(kind, scope, of)))?.['id'])
  const [providerId, runId] = await Promise.all([idOf('provider', 'all', 'RATED-P'), idOf('run', 'RATED-P', `${code}-1`)])
  const world = testWorld(table, now, 977)
  const enrollments: string[] = []
  for (const [place, sub] of [rater, 'rated-second', 'rated-third'].entries()) {
    const who = house.as(sub)
    if (place > 0) await fillPerson(who, 30 + place)
    const { id } = must('claiming', await who.call('claimSeat', { params: { runId }, body: {} }))
    const { personId } = must('reading who one is', await who.call('getMe', {}))
    await credit(world, { personId, runId, enrollmentId: id, orderId: '' }, 60)
    enrollments.push(id)
  }
  const item = runOf(await readItem(table, keys.run.key(runId)))
  if (item === undefined) throw new Error('there is no such run')
  const back = (instant: string) => plusMinutes(instant, -320 * 24 * 60)
  const meetings = item.run.meetings.map((meeting) => ({ ...meeting, startsAt: back(meeting.startsAt), endsAt: back(meeting.endsAt) }))
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keys.run.key(runId),
      UpdateExpression: 'SET #run.meetings = :meetings, #run.closesAt = :closes',
      ExpressionAttributeNames: { '#run': 'run' },
      ExpressionAttributeValues: { ':meetings': meetings, ':closes': back(item.run.closesAt) },
    }),
  )
  const { personId } = must('reading who one is', await house.as(manager).call('getMe', {}))
  must(
    'appointing',
    await api.call('saveMembership', {
      params: { personId, organizationId: providerId },
      body: { organizationName: { zh: '椰风技能学校（演示）', en: 'Coconut Breeze School (demo)' }, roles: ['provider:manager'] },
    }),
  )
  await house.drain()
  return { providerId, courseId: item.run.courseId, enrollments }
}

/** Rating a run by keyboard, what everybody then sees, the provider's answer, and folding. */
export function ratings(house: () => House): void {
  let scene: Awaited<ReturnType<typeof givenRun>>
  beforeAll(async () => {
    scene = await givenRun(house())
  }, 180_000)

  it('a learner rates with the keyboard alone, sees what others will see, and changes it', { timeout: 180_000 }, async () => {
    const [enrollment = ''] = scene.enrollments
    const visitor = await house().visit({ device: 'phone' })
    const { page } = visitor
    await page.goto(`/learning/rate/?enrollment=${enrollment}`)
    await signInAs(page, rater)
    await page.locator('#rate').waitFor()
    await page.locator('#rate [type=submit]').focus()
    await page.keyboard.press('Enter')
    await page.locator('#content-error .icon').waitFor()
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name)).toBe('content')
    await picture(visitor, 'rate-missing-zh')
    for (const aspect of ['content', 'teaching', 'organisation', 'venue', 'usefulness']) {
      await page.locator(`[name=${aspect}]`).first().focus()
      // From one star to the right, four times; the venue is left at three.
      await page.keyboard.press('Space')
      for (let step = 0; step < (aspect === 'venue' ? 2 : 4); step += 1) await page.keyboard.press('ArrowRight')
    }
    await page.locator('#text').fill('老师讲得清楚，电话 19900001234')
    await page.locator('#rate [type=submit]').press('Enter')
    await page.locator('#text-error .icon').waitFor()
    expect(await page.locator('#text-error').textContent()).not.toContain('1990')
    await page.locator('#text').fill('老师讲得清楚，例子都是工作里遇到的。')
    expect(await page.locator('#preview .rating-words').textContent()).toBe('老师讲得清楚，例子都是工作里遇到的。')
    await picture(visitor, 'rate-form-zh')
    await page.locator('#rate [type=submit]').press('Enter')
    await page.locator('#rate-said .good-news').waitFor()
    await picture(visitor, 'rate-done-zh')
    await page.locator('#change').click()
    await page.locator('[name=anonymous]').check()
    await page.locator('#rate [type=submit]').click()
    await page.locator('details .rating').waitFor({ state: 'attached' })
    await page.goto(inLanguage('en', `/learning/rate/?enrollment=${enrollment}`))
    await page.locator('#change').waitFor()
    await picture(visitor, 'rate-done-en', 'desktop')
    await page.locator('#change').click()
    await page.locator('#rate').waitFor()
    await picture(visitor, 'rate-form-en', 'desktop')
    await page.goto('/learning/rate/?enrollment=nothing')
    await page.locator('.empty').waitFor()
    await visitor.leave()
  })

  it('the course page shows bars and words once there are three, the catalog a mean', { timeout: 180_000 }, async () => {
    const { courseId, enrollments } = scene
    const visitor = await house().visit({ device: 'phone' })
    await visitor.page.goto(`/courses/${courseId}/`)
    await visitor.page.locator('#ratings').scrollIntoViewIfNeeded()
    await visitor.page.locator('.rating-summary').waitFor()
    expect(await visitor.page.locator('.rating-bars').count()).toBe(0)
    for (const [place, sub] of ['rated-second', 'rated-third'].entries()) {
      const body = {
        aspects: { content: 4, teaching: 5, organisation: 4, venue: 3, usefulness: 4 },
        ...{ text: place === 0 ? '这个老师是骗子' : null, instructors: [], anonymous: false },
      }
      const params = { enrollmentId: enrollments[place + 1] ?? '' }
      must('rating', await house().as(sub).call('rateRun', { params, body }))
    }
    await house().drain()
    // What was read a moment ago may be kept by the browser: another visitor comes.
    await visitor.leave()
    const other = await house().visit({ device: 'phone' })
    await lookAt(other, `/courses/${courseId}/`, '#ratings', 'course-ratings', async () => {
      await other.page.locator('#ratings').scrollIntoViewIfNeeded()
      await other.page.locator('.rating-bars').waitFor()
      expect(await other.page.locator('.rating-list .rating').count()).toBe(3)
    })
    await other.page.goto(`/courses/?q=${encodeURIComponent(code)}`)
    await other.page.locator('.good .rated').first().waitFor()
    await other.leave()
  })

  it('its manager answers, an operator folds and shows again; the public sees each', { timeout: 240_000 }, async () => {
    const { providerId, courseId } = scene
    const desk = await house().visit({ device: 'desktop' })
    const { page } = desk
    await page.goto(`/console/provider/?provider=${providerId}&tab=ratings`)
    await signInAs(page, manager)
    const mine = page.locator('[data-rating]', { hasText: '例子都是工作里遇到的' })
    await mine.getByRole('button').click()
    await mine.locator('textarea').fill('谢谢，下一期我们多讲几个例子。')
    await page.evaluate(() => scrollTo(0, 0))
    await picture(desk, 'console-ratings-zh', 'desktop')
    await mine.locator('button[type=submit]').click()
    await mine.locator('blockquote').waitFor()
    await page.goto(`/en/console/provider/?provider=${providerId}&tab=ratings`)
    await page.locator('blockquote').waitFor()
    await picture(desk, 'console-ratings-en')
    await desk.leave()

    const own = await house().visit({ device: 'desktop' })
    for (const language of languages) {
      await own.page.goto(inLanguage(language, '/console/operator/?tab=ratings'))
      if (language === 'zh') await signInAs(own.page, operator)
      const one = own.page.locator('[data-rating]', { hasText: '骗子' })
      await one.getByRole('button').click()
      await one.locator('textarea').fill(language === 'zh' ? '含有对老师的辱骂' : 'Shown again after a look at the case')
      await picture(own, `console-fold-${language}`, language === 'zh' ? 'phone' : 'desktop')
      await one.locator('button[type=submit]').click()
      await own.page.locator('.ant-message-success').waitFor()
      const { items } = must('reading ratings', await house().as(rater).call('listRatings', { params: { courseId } }))
      expect(items.filter(({ fold }) => fold !== null)).toHaveLength(language === 'zh' ? 1 : 0)
      expect(items.some(({ answer }) => answer !== null)).toBe(true)
    }
    await own.leave()
  })
}
