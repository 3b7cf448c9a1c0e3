import { readFile } from 'node:fs/promises'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { demoPerson } from '@skills/local/demo-people.ts'
import { must } from '@skills/local/must.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { beforeAll, expect, it } from 'vitest'
import { signInAs, type House } from './house.ts'
import { inLanguage, languages, lookAt, picture } from './look-at.ts'
import { claimFor, fillPerson } from './money-scene.ts'

const [operator, agrees, manager] = ['demo-chen', 'demo-lin-xiaoyu', 'demo-huang']
const sponsorId = 'spo_01K0000000000000000000000R'
const sentence = '明天的上课地点有变化，需要马上通知。'

/** A course of 100 yuan that a union pays whole, so that a seat is confirmed at once and has money to give back. */
const sheet = (now: string) => {
  const day = (days: number) => dateAt(plusMinutes(now, days * 24 * 60))
  const row = {
    机构编码: 'LEARN-P',
    机构名称: '三角梅技能学校（演示）',
    机构英文名: 'Bougainvillea School (demo)',
    机构简介: '面向一线职工的培训。',
    机构英文简介: 'Training for people at work.',
    机构地区: '海口市',
    课程编码: 'LEARN',
    课程名称: '客房整理与服务',
    课程英文名: 'Housekeeping',
    课程简介: '整理、清洁与礼仪。',
    课程英文简介: 'Tidying up and good manners.',
    适合人群: '旅游业职工',
    英文适合人群: 'People who work in tourism',
    行业: '旅游业',
    证书类别: '培训结业',
    授课方式: '直播',
    理论课时: '2',
    实操课时: '0',
    '标价(元)': '100',
    课程状态: '发布',
    期编码: 'LEARN-1',
    期名称: '第一期',
    期英文名: 'First run',
    报名开始: `${day(-1)} 09:00`,
    报名截止: `${day(298)} 18:00`,
    名额: '30',
    '价格(元)': '100',
    上课时间: `${day(300)} 05:00-06:00 直播`,
    期状态: '发布',
  }
  return [Object.keys(row).join(','), Object.values(row).join(',')].join('\n')
}

async function learnersScene(house: House) {
  const api = house.as(operator)
  const now = new Date().toISOString()
  must('importing', await api.call('importCatalog', { query: { write: 'yes' }, body: sheet(now), headers: { 'content-type': 'text/csv' } }))
  const { table } = house.below()
  const idOf = async (kind: 'provider' | 'run', scope: string, code: string) =>
    String((await readItem(table, keys.code.key(kind, scope, code)))?.['id'])
  const [providerId, runId] = await Promise.all([idOf('provider', 'all', 'LEARN-P'), idOf('run', 'LEARN-P', 'LEARN-1')])
  const name = { zh: '三角梅工会（演示）', en: 'Bougainvillea Union (demo)' }
  must(
    'registering',
    await api.call('saveSponsor', { params: { sponsorId }, body: { name, level: 'industry', parentId: null, region: '460000' } }),
  )
  const terms = {
    ...{ name: { zh: '整理师计划', en: 'Tidy hands' }, scheme: 'tidy-hands', period: { from: dateAt(now), until: '2099-12-31' } },
    ...{ funding: { kind: 'full' as const }, stacking: { kind: 'exclusive' as const } },
    ruleSets: [
      { version: '1', from: '2026-01-01', until: null, source: { title: '办法（演示）', document: '演示〔2026〕9 号' }, rules: [] },
    ],
  }
  const { program } = must('creating', await api.call('createProgram', { params: { sponsorId }, body: terms }))
  const params = { programId: program.id }
  must('topping up', await api.call('moveMoney', { params, body: { kind: 'top-up', fen: 100_000, reference: '演示拨款' } }))
  must('allocating', await api.call('allocate', { params, body: { runId, seats: 5, fen: 50_000 } }))
  const first = house.as(agrees)
  const { consents } = must('reading consents', await first.call('listConsents', {}))
  const notice = consents.find(({ purpose }) => purpose === 'provider-contact')?.noticeVersion ?? ''
  must(
    'agreeing',
    await first.call('saveConsent', { params: { purpose: 'provider-contact' }, body: { given: true, noticeVersion: notice } }),
  )
  const { id: enrollmentId } = await claimFor(first, runId)
  await fillPerson(house.as('learners-second'), 41)
  await claimFor(house.as('learners-second'), runId)
  const { personId } = must('reading who one is', await house.as(manager).call('getMe', {}))
  must(
    'appointing',
    await api.call('saveMembership', {
      params: { personId, organizationId: providerId },
      body: { organizationName: { zh: '三角梅技能学校（演示）', en: 'Bougainvillea School (demo)' }, roles: ['provider:manager'] },
    }),
  )
  await house.drain()
  return { providerId, runId, enrollmentId, learnerId: must('reading who one is', await first.call('getMe', {})).personId }
}

/** A roster, a number looked up for a purpose, what its learner sees of that; force majeure, the audit and the taxonomy of an operator. */
export function learners(house: () => House): void {
  let scene: Awaited<ReturnType<typeof learnersScene>>
  beforeAll(async () => {
    scene = await learnersScene(house())
  }, 180_000)

  it('a manager sees who has a seat, and looks one number up for a purpose', { timeout: 240_000 }, async () => {
    const desk = await house().visit({ device: 'desktop' })
    const { page } = desk
    const place = `/console/provider/?provider=${scene.providerId}&tab=roster`
    await page.goto(place)
    await signInAs(page, manager)
    await lookAt(desk, place, '.ant-table-row', 'console-roster-learners')
    await page.goto(place)
    await page.locator('.ant-table-row').first().waitFor()
    const mobile = String(demoPerson(agrees).profile?.mobile)
    const line = page.locator('.ant-table-row', { hasText: '同意提供' }).filter({ hasNotText: '未同意' })
    await line.getByRole('button').click()
    const dialog = page.locator('.ant-modal')
    await dialog.getByRole('button', { name: '查看并通知学员' }).click()
    await dialog.locator('.field-error').waitFor()
    await dialog.locator('textarea').fill(`请打 ${mobile}`)
    await dialog.getByRole('button', { name: '查看并通知学员' }).click()
    await dialog.locator('[data-code="validation-failed"]').waitFor()
    await picture(desk, 'console-reveal-ask-zh', 'desktop')
    await dialog.locator('textarea').fill(sentence)
    await dialog.getByRole('button', { name: '查看并通知学员' }).click()
    await dialog.locator('[data-revealed]').waitFor()
    expect(await dialog.locator('[data-revealed]').textContent()).toContain(mobile)
    // What was seen is in no address and in nothing that the browser keeps.
    const kept = await page.evaluate(() => JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }]))
    expect(kept).not.toContain(mobile)
    await dialog.getByRole('button', { name: '用完了，关闭' }).click()
    await dialog.locator('[data-revealed]').waitFor({ state: 'detached' })
    const other = page.locator('.ant-table-row', { hasText: '未同意提供' })
    await other.getByRole('button').click()
    await page.locator('.ant-modal .ant-alert-warning').waitFor()
    await page.keyboard.press('Escape')

    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()])
    const csv = await readFile(await file.path(), 'utf8')
    expect([csv.includes(scene.enrollmentId), csv.includes(mobile), csv.includes('林小雨')]).toEqual([true, false, false])
    await desk.leave()
  })

  it('the learner sees who looked, when, what for and why', { timeout: 120_000 }, async () => {
    const visitor = await house().visit({ device: 'phone' })
    const { page } = visitor
    await page.goto('/profile/')
    await signInAs(page, agrees)
    await page.locator('[data-reveal]').waitFor()
    expect(await page.locator('[data-reveal]').textContent()).toContain(sentence)
    for (const language of languages) {
      await page.goto(inLanguage(language, '/profile/#reveals'))
      await page.locator('[data-reveal]').waitFor()
      await picture(visitor, `profile-reveals-${language}`)
    }
    await visitor.leave()
  })

  it('an operator reckons force majeure, does it, and finds all of it in the audit', { timeout: 240_000 }, async () => {
    const desk = await house().visit({ device: 'desktop' })
    const { page } = desk
    await page.goto('/console/operator/?tab=majeure')
    await signInAs(page, operator)
    await lookAt(desk, '/console/operator/?tab=majeure', '.run-list button', 'console-majeure')
    await page.goto('/console/operator/?tab=majeure')
    await page.locator('#run').fill(scene.runId)
    await page.getByRole('button', { name: '打开' }).click()
    await page.locator('.ant-table-row', { hasText: scene.enrollmentId }).getByRole('button').click()
    await page.locator('form textarea').fill('台风停课停运，市应急局公告。')
    await page.getByRole('button', { name: '试算' }).click()
    const reckoned = page.locator('[data-majeure=reckoned]')
    await reckoned.getByText('¥100', { exact: true }).first().waitFor()
    await page.evaluate(() => scrollTo(0, 0))
    await picture(desk, 'console-majeure-reckoned-zh', 'desktop')
    await reckoned.getByRole('button').click()
    await page.locator('[data-majeure=done]').waitFor()
    await page.evaluate(() => scrollTo(0, 0))
    await picture(desk, 'console-majeure-done-zh', 'desktop')

    await page.goto('/console/operator/?tab=audit')
    await page.locator('#id').fill(scene.enrollmentId)
    await page.getByRole('button', { name: '查询' }).click()
    await page.locator('[data-chain=holds]').waitFor()
    await page.getByText('因不可抗力退出').waitFor()
    await picture(desk, 'console-audit-zh', 'desktop')
    await page.getByRole('radio', { name: '当事人' }).check()
    await page.locator('#id').fill(scene.learnerId)
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByText('查看手机号').waitFor()
    expect(page.url()).not.toContain('per_')
    await page.goto('/en/console/operator/?tab=audit')
    await page.locator('#id').fill(scene.runId)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('[data-chain=holds]').waitFor()
    await picture(desk, 'console-audit-en', 'desktop')
    await desk.leave()
  })

  it('an operator looks through the taxonomy', { timeout: 120_000 }, async () => {
    const desk = await house().visit({ device: 'desktop' })
    await desk.page.goto('/console/operator/?tab=taxonomy')
    await signInAs(desk.page, operator)
    await lookAt(desk, '/console/operator/?tab=taxonomy', 'canvas', 'console-taxonomy', async () => {
      await desk.page.locator('#taxonomy-search').fill('电')
      await desk.page.locator('.ant-table-row').first().waitFor()
      await desk.page.evaluate(() => scrollTo(0, 0))
    })
    await desk.page.locator('#taxonomy-search').fill('没有这样的词')
    await desk.page.locator('.console-empty').waitFor()
    await desk.leave()
  })
}
