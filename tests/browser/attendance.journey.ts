import { join } from 'node:path'
import { clockAt, dateAt, plusMinutes } from '@skills/contract/time.ts'
import { changeRun, readRun } from '@skills/core/catalog/run.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { must } from '@skills/local/must.ts'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, signInAs, type House, type Visitor } from './house.ts'
import { picture } from './look-at.ts'

const operator = 'demo-chen'
const minute = (instant: string) => `${dateAt(instant)} ${clockAt(instant)}`

/** A run that begins in twenty minutes, so that people can come already, with two workers in it; its provider has an instructor and a registrar. */
async function scene(house: House) {
  const now = new Date().toISOString()
  const [from, to] = [plusMinutes(now, 20), plusMinutes(now, 140)]
  const headings =
    'provider_code,provider_name,provider_about,provider_region,course_code,title,summary,audience,industry,family,delivery,theory_hours,practice_hours,fee_yuan,course_state,run_code,run_name,opens_at,closes_at,capacity,price_yuan,meetings,run_state'
  const row = `ATTEND,签到学校,示范,海口市,NIGHT,签到示范夜校,简介,职工,旅游业,培训结业,直播,2,0,0,发布,ONE,第一期,2020-01-01 09:00,${minute(plusMinutes(now, 15))},20,0,${minute(from)}-${clockAt(to)} 直播,发布`
  const api = house.as(operator)
  must(
    'importing',
    await api.call('importCatalog', {
      query: { write: 'yes' },
      body: `${headings}\r\n${row}\r\n`,
      headers: { 'content-type': 'text/csv' },
    }),
  )
  await house.fire('sweep-runs')
  await house.drain()
  const index = (await (await fetch(`${house.site}/catalog/index.json`)).json()) as { rows: { file: string }[] }
  let runId = ''
  for (const { file } of index.rows) {
    const { rows } = (await (await fetch(`${house.site}/catalog/${file}`)).json()) as { rows: { t: string; r: (string | number)[][] }[] }
    runId = String(rows.find(({ t }) => t === '签到示范夜校')?.r[0]?.[0] ?? runId)
  }
  const world = { ...realWorld(), table: house.below().table }
  const { run } = (await readRun(world.table, runId)) ?? { run: undefined }
  if (run === undefined) throw new Error('the run was not published')
  for (const [sub, role] of [
    ['demo-zhao-gong', 'provider:instructor'],
    ['demo-li-yan', 'provider:registrar'],
    ['demo-huang', 'provider:manager'],
  ] as const) {
    const { personId } = must('who', await house.as(sub).call('getMe', {}))
    const body = { organizationName: { zh: '签到学校', en: 'Attendance School' }, roles: [role] }
    must('appointing', await api.call('saveMembership', { params: { personId, organizationId: run.providerId }, body }))
  }
  for (const sub of ['demo-lin-xiaoyu', 'demo-fu-dahai'])
    must('claiming', await house.as(sub).call('claimSeat', { params: { runId }, body: {} }))
  return {
    runId,
    meetingId: run.meetings[0]?.id ?? '',
    query: new URLSearchParams({ runId, meetingId: run.meetings[0]?.id ?? '' }).toString(),
    /** Moves the meeting, as if so many minutes of it were over. */
    async over(minutes: number) {
      const before = await readRun(world.table, runId)
      if (before === undefined) throw new Error('no run')
      const startsAt = plusMinutes(`${new Date().toISOString().slice(0, 16)}:00.000Z`, -minutes)
      const meetings = before.run.meetings.map((meeting) => ({ ...meeting, startsAt, endsAt: plusMinutes(startsAt, 120) }))
      const moved = await changeRun(world, { before, run: { ...before.run, meetings }, by: 'system:test', action: 'move' }, true)
      if ('failed' in moved) throw new Error(moved.failed)
    },
  }
}

const onScreen = async (page: Page) => (await page.locator('[data-board="qr"]').getAttribute('data-text')) ?? ''

async function signedIn(house: House, sub: string, path: string, wishes: Parameters<House['visit']>[0] = {}): Promise<Visitor> {
  const visitor = await house.visit(wishes)
  await visitor.page.goto(path)
  await signInAs(visitor.page, sub)
  await visitor.page.waitForURL((url) => url.pathname === path.replace(/\?.*/, ''))
  return visitor
}

/** Two workers come, one of them without a network; a third way is the offline scanner; the hours they sat are shown. */
export function attendance(house: () => House): void {
  it(
    'the screen shows a code, one worker answers it, another keeps it without a network, and the roster says both',
    { timeout: 240_000 },
    async () => {
      const of = await scene(house())
      const teacher = await signedIn(house(), 'demo-zhao-gong', `/attendance/screen/?${of.query}`, { device: 'desktop' })
      await sound(teacher, 'screen-closed')
      await teacher.page.locator('#open').click()
      await teacher.page.locator('[data-board="qr"] svg').waitFor()
      await picture(teacher, 'attendance-screen-zh')

      // One scans with the phone's own camera, which opens the page with the code behind the #: first the phone must be hers.
      const ann = await signedIn(house(), 'demo-lin-xiaoyu', '/check-in/')
      await ann.page.locator('#register').waitFor()
      await picture(ann, 'check-in-register-zh')
      await ann.page.locator('#register').click()
      await ann.page.locator('#scan').waitFor({ state: 'visible' })
      await ann.page.goto('/about/')
      await ann.page.goto(new URL(await onScreen(teacher.page)).pathname + new URL(await onScreen(teacher.page)).hash)
      await ann.page.locator('.check-in-card[data-state="here"]').waitFor()
      await picture(ann, 'check-in-done-zh')
      // The same code once more: refused by name.
      await ann.page.locator('#code').fill((await teacher.page.locator('[data-board="code"]').textContent()) ?? '')
      await ann.page.locator('#typed button').click()
      await ann.page.locator('[data-code="already-checked-in"]').waitFor()

      // The other one registered at home and is without a network now: a service worker has the page.
      const ben = await signedIn(house(), 'demo-fu-dahai', '/en/check-in/', { language: 'en', kept: true })
      await ben.page.locator('#register').click()
      await ben.page.locator('#scan').waitFor({ state: 'visible' })
      await expect
        .poll(() => ben.page.evaluate(async () => (await (await caches.open('pages-1')).match('/en/check-in/')) !== undefined), {
          timeout: 20_000,
        })
        .toBe(true)
      await ben.page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
      await ben.context.setOffline(true)
      await ben.page.goto(`/en/check-in/#${(await onScreen(teacher.page)).split('#')[1] ?? ''}`)
      await ben.page.reload()
      await ben.page.locator('[data-waits="1"]').waitFor()
      await ben.page.locator('#show-pass').click()
      await ben.page.locator('#pass svg').waitFor()
      await ben.page.screenshot({ path: join(screenshots, 'check-in-offline-en-phone.png'), fullPage: true })
      await ben.context.setOffline(false)
      await ben.page.locator('[data-waits]').waitFor({ state: 'detached' })
      await ben.page.locator('.check-in-card[data-state="here"]').waitFor()
      await picture(ben, 'check-in-late-en')

      // The roster says who came how; what came late waits for the instructor's word.
      const vouch = teacher.page.locator('[data-does="vouch"]')
      await vouch.waitFor()
      await picture(teacher, 'attendance-roster-zh')
      await vouch.click()
      await vouch.waitFor({ state: 'detached' })
      expect(await teacher.page.locator('#here').textContent()).toBe('2')

      // Two hours later both leave: one by the screen, one by her pass under the offline scanner.
      await of.over(117)
      await teacher.page.reload()
      await teacher.page.locator('input[name="kind"][value="out"]').check()
      await expect.poll(() => teacher.page.locator('[data-board="kind"]').textContent()).toBe('签退')
      await ann.page.goto('/about/')
      await ann.page.goto(`/check-in/#${(await onScreen(teacher.page)).split('#')[1] ?? ''}`)
      await ann.page.locator('.check-in-card[data-state="left"]').waitFor()

      const scanner = await signedIn(house(), 'demo-li-yan', `/attendance/scan/?${of.query}`, { kept: true })
      await scanner.page.locator('.notice.good-news').waitFor()
      await expect
        .poll(() => scanner.page.evaluate(async () => (await (await caches.open('pages-1')).match('/attendance/scan/')) !== undefined), {
          timeout: 20_000,
        })
        .toBe(true)
      await scanner.page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
      await scanner.context.setOffline(true)
      await scanner.page.reload()
      await scanner.page.locator('input[name="kind"][value="out"]').check()
      await ben.page.locator('#show-pass').click()
      await ben.page.locator('#pass[data-pass]').waitFor()
      const pass = (await ben.page.locator('#pass').getAttribute('data-pass')) ?? ''
      await scanner.page.locator('summary').click()
      for (const text of [pass, pass, 'not a pass']) {
        await scanner.page.locator('#pass').fill(text)
        await scanner.page.locator('#typed button').click()
      }
      await expect.poll(() => scanner.page.locator('[data-outcome="waits"]').count()).toBe(1)
      await scanner.page.screenshot({ path: join(screenshots, 'scanner-offline-zh-phone.png'), fullPage: true })
      await scanner.context.setOffline(false)
      await scanner.page.locator('[data-outcome="taken"]').waitFor()
      await picture(scanner, 'scanner-sent-zh')

      // Both sat through it.
      for (const [who, path] of [
        [ann, '/attendance/'],
        [ben, '/en/attendance/'],
      ] as const) {
        await who.page.goto(path)
        await who.page.locator(`[data-run="${of.runId}"] .label.good-news.figures`).first().waitFor()
      }
      await picture(ann, 'my-attendance-zh')
      await picture(ben, 'my-attendance-en')

      // A correction by two people.
      await teacher.page.reload()
      await teacher.page.locator('[data-does="correct"]').first().click()
      await teacher.page.locator('input[name="present"][value="no"]').check()
      await teacher.page.locator('#reason').fill('中途离开')
      await picture(teacher, 'attendance-correct-zh')
      await teacher.page.locator('#correct-form button[type="submit"]').click()
      await teacher.page.locator('.notice.warn').first().waitFor()
      expect(await teacher.page.locator('[data-does="confirm"]').count()).toBe(0)
      const manager = await signedIn(house(), 'demo-huang', `/en/attendance/screen/?${of.query}`, { device: 'desktop', language: 'en' })
      await manager.page.locator('[data-does="confirm"]').click()
      await manager.page.locator('[data-does="confirm"]').waitFor({ state: 'detached' })
      await picture(manager, 'attendance-screen-en')
      for (const visitor of [teacher, ann, ben, scanner, manager]) await visitor.leave()
    },
  )
}
