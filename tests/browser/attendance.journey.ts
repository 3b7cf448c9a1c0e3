import { join } from 'node:path'
import { plusMinutes } from '@skills/contract/time.ts'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { sound } from './console-page.ts'
import { screenshots, signInAs, type House, type Visitor } from './house.ts'
import { picture } from './look-at.ts'
import type { Time } from './pass-time.ts'

/** A meeting that begins in twenty minutes, so that people can come already, with two workers in its run. */
export interface AttendanceScene {
  time: Time
  runId: string
  meeting: { id: string; startsAt: string; endsAt: string }
  /** Who teaches it, and who manages its provider. */
  teacher: string
  manager: string
  workers: readonly [string, string]
}

/** What the QR on the screen says. */
const onScreen = async (page: Page) => (await page.locator('[data-board="qr"]').getAttribute('data-text')) ?? ''

/** Somebody scans what stands on the screen now, again where a slow machine answered too late for it: a code is taken for 25 seconds, a challenge for ten. */
export async function comes({ page }: Pick<Visitor, 'page'>, screen: Page, state: 'here' | 'left'): Promise<void> {
  const shown = page.locator(`.check-in-card[data-state="${state}"]`)
  for (let tries = 0; tries < 6; tries += 1) {
    await page.goto('/about/')
    await page.goto(`/check-in/#${(await onScreen(screen)).split('#')[1] ?? ''}`)
    if (
      await shown.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      )
    )
      return
  }
  throw new Error(`it never said ${state}`)
}

/** A visitor of the scene's time on a page for which one signs in. */
export async function signedIn(
  { visit }: Pick<House, 'visit'>,
  sub: string,
  path: string,
  wishes: Parameters<House['visit']>[0] = {},
): Promise<Visitor> {
  const visitor = await visit(wishes)
  await visitor.page.goto(path)
  await signInAs(visitor.page, sub)
  await visitor.page.waitForURL((url) => url.pathname === path.replace(/\?.*/, ''))
  return visitor
}

/** Two workers come, one of them without a network; a third way is the offline scanner; the hours they sat are shown. Gives who is still there with her phone. */
export function attendance(scene: () => AttendanceScene): () => { ann: Visitor } {
  let stays: Visitor | undefined
  it(
    'the screen shows a code, one worker answers it, another keeps it without a network, and the roster says both',
    { timeout: 240_000 },
    async () => {
      const of = scene()
      const { time } = of
      const query = new URLSearchParams({ runId: of.runId, meetingId: of.meeting.id }).toString()
      const teacher = await signedIn(time, of.teacher, `/attendance/screen/?${query}`, { device: 'desktop' })
      await sound(teacher, 'screen-closed')
      await teacher.page.locator('#open').click()
      await teacher.page.locator('[data-board="qr"] svg').waitFor()
      await picture(teacher, 'attendance-screen-zh')

      // One scans with the phone's own camera, which opens the page with the code behind the #: first the phone must be hers.
      const ann = await signedIn(time, of.workers[0], '/check-in/')
      await ann.page.locator('#register').waitFor()
      await picture(ann, 'check-in-register-zh')
      await ann.page.locator('#register').click()
      await ann.page.locator('#scan').waitFor({ state: 'visible' })
      expect(new URL(await onScreen(teacher.page)).pathname).toBe('/check-in/')
      await comes(ann, teacher.page, 'here')
      await picture(ann, 'check-in-done-zh')
      // The same code once more: refused by name.
      await ann.page.locator('#code').fill((await teacher.page.locator('[data-board="code"]').textContent()) ?? '')
      await ann.page.locator('#typed button').click()
      await ann.page.locator('[data-code="already-checked-in"]').waitFor()

      // The other one registered at home and is without a network now: a service worker has the page.
      const ben = await signedIn(time, of.workers[1], '/en/check-in/', { language: 'en', kept: true })
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
      await time.moveTo(plusMinutes(of.meeting.endsAt, -3))
      for (const { page } of [teacher, ben]) await page.reload()
      await ben.page.locator('.check-in-card').waitFor()
      await teacher.page.locator('input[name="kind"][value="out"]').check()
      await expect.poll(() => teacher.page.locator('[data-board="kind"]').textContent()).toBe('签退')
      await comes(ann, teacher.page, 'left')

      const scanner = await signedIn(time, of.teacher, `/attendance/scan/?${query}`, { kept: true })
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

      // A correction by two people: the first on the roster was away for its last ten minutes.
      await teacher.page.reload()
      await teacher.page.locator('[data-does="correct"]').first().click()
      await teacher.page.locator('input[name="present"][value="no"]').check()
      await teacher.page.locator('#from').fill('19:50')
      await teacher.page.locator('#reason').fill('提前离开')
      await picture(teacher, 'attendance-correct-zh')
      await teacher.page.locator('#correct-form button[type="submit"]').click()
      await teacher.page.locator('.notice.warn').first().waitFor()
      expect(await teacher.page.locator('[data-does="confirm"]').count()).toBe(0)
      const manager = await signedIn(time, of.manager, `/en/attendance/screen/?${query}`, { device: 'desktop', language: 'en' })
      await manager.page.locator('[data-does="confirm"]').click()
      await manager.page.locator('[data-does="confirm"]').waitFor({ state: 'detached' })
      await picture(manager, 'attendance-screen-en')
      for (const visitor of [teacher, ben, scanner, manager]) await visitor.leave()
      stays = ann
    },
  )
  return () => {
    if (stays === undefined) throw new Error('nobody came')
    return { ann: stays }
  }
}
