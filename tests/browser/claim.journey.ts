import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eveningSchool, screenshots, signInAs, type House } from './house.ts'

/** What a newcomer reads, in both languages. */
const words = {
  zh: {
    prefix: '',
    search: '夜校',
    claim: '占这个座',
    done: '座位是您的了',
    leave: '退出这一期',
    sure: '确定退出',
    left: '已退出',
    signOut: '退出登录',
    learning: '我的学习',
  },
  en: {
    prefix: '/en',
    search: 'night school',
    claim: 'Claim this seat',
    done: 'The seat is yours',
    leave: 'Leave this run',
    sure: 'Leave',
    left: 'You left',
    signOut: 'Sign out',
    learning: 'My learning',
  },
} as const

/** Free seats as the API says them; past the edge, which may keep an answer for a second or two. */
const free = async (page: Page, runId: string) => {
  const answer = (await (await page.request.get(`/api/seats?runs=${runId}`)).json()) as { seats: { free: number }[] }
  return answer.seats[0]?.free ?? -1
}
const expectFree = (page: Page, runId: string, seats: number) => expect.poll(() => free(page, runId), { timeout: 10_000 }).toBe(seats)

export function claiming(house: () => House): void {
  describe.each([
    { language: 'zh', device: 'phone', person: 'demo-lin-xiaoyu' },
    { language: 'en', device: 'phone', person: 'demo-lin-xiaoyu' },
    { language: 'zh', device: 'desktop', person: 'demo-lin-xiaoyu' },
    { language: 'en', device: 'desktop', person: 'demo-lin-xiaoyu' },
  ] as const)('a worker in front of a $device, reading $language', ({ language, device, person }) => {
    const w = words[language]
    it('finds the evening school, signs in, claims a seat, sees it in my learning and gives it back', { timeout: 120_000 }, async () => {
      const school = await eveningSchool(house().site)
      const visitor = await house().visit({ device, language })
      const { page } = visitor
      await page.goto(`${w.prefix}/`)
      await page.locator('#q').fill(w.search)
      await page.locator('#q').press('Enter')
      await page.waitForURL(/\/courses\/\?q=/)
      await page.locator(`#results a[href$="/courses/${school.courseId}/"]`).click()
      await page.locator(`#${school.runId} .ticket-foot a`).click()
      // Nobody is signed in: the page says so and leads back here afterwards.
      await page.locator('#claim a.button').click()
      await signInAs(page, person)
      await page.waitForURL(/\/claim\/\?run=/)
      const before = await free(page, school.runId)
      await page.getByRole('button', { name: w.claim }).click()
      await page.getByText(w.done).waitFor()
      await expectFree(page, school.runId, before - 1)
      await page.screenshot({ path: join(screenshots, `claimed-${language}-${device}.png`), fullPage: true })

      await page.locator('#claim a.button').click()
      const item = page.locator('.learning[data-phase="upcoming"]')
      await item.getByRole('button', { name: w.leave }).waitFor()
      await page.locator('.month-grid').waitFor()
      await page.screenshot({ path: join(screenshots, `learning-mine-${language}-${device}.png`), fullPage: true })
      const [file] = await Promise.all([page.waitForEvent('download'), item.locator('[data-ics]').click()])
      expect(file.suggestedFilename()).toMatch(/\.ics$/)

      await item.getByRole('button', { name: w.leave }).click()
      await page.screenshot({ path: join(screenshots, `leaving-${language}-${device}.png`) })
      await page.locator('#leave-yes').click()
      await page.getByText(w.left).first().waitFor()
      await page.locator('.learning[data-phase="cancelled"]').first().waitFor()
      await expectFree(page, school.runId, before)

      const seen = await visitor.seen()
      expect([...seen.violations, ...seen.errors]).toEqual([])
      await visitor.leave()
    })
  })

  it('a session outlives a reload, is renewed when its token ends, and ends with signing out', { timeout: 90_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto('/learning/')
    await signInAs(page, 'demo-fu-dahai')
    await page.waitForURL('**/learning/')
    await page.locator('.month-grid').waitFor()
    const token = () =>
      page.evaluate(() => (JSON.parse(localStorage.getItem('skills.session') ?? '{}') as { accessToken?: string }).accessToken)
    const first = await token()
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('skills.session') ?? '{}') as object
      localStorage.setItem('skills.session', JSON.stringify({ ...session, endsAt: Date.now() + 1000 }))
    })
    await page.reload()
    await page.locator('.month-grid').waitFor()
    const second = await token()
    expect(second).toBeDefined()
    expect(second).not.toBe(first)
    // A token that the API refuses is renewed too.
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('skills.session') ?? '{}') as object
      localStorage.setItem('skills.session', JSON.stringify({ ...session, accessToken: 'spoilt' }))
    })
    await page.reload()
    await page.locator('.month-grid').waitFor()
    expect(await token()).not.toBe('spoilt')
    await page.goto('/sign-out/')
    await page.waitForURL(`${house().site}/`)
    expect(await token()).toBeUndefined()
    await page.goto('/learning/')
    await page.locator('button[name=person]').first().waitFor()
    await visitor.leave()
  })

  it('a double click and a lost answer take one seat', { timeout: 90_000 }, async () => {
    const school = await eveningSchool(house().site)
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto(`/claim/?run=${school.runId}&course=${school.courseId}`)
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-fu-dahai')
    await page.locator('#go').waitFor()
    const before = await free(page, school.runId)
    const keys: (string | undefined)[] = []
    // The first answer is lost on its way back, after the seat was taken.
    await page.route('**/enrollments', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 1) return route.continue()
      await route.fetch()
      await route.abort('connectionreset')
    })
    await page.locator('#go').dblclick()
    await page.locator('#said .notice').waitFor()
    await expectFree(page, school.runId, before - 1)
    await page.locator('#go').click()
    await page.locator('.done').waitFor()
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
    await expectFree(page, school.runId, before - 1)
    await page.goto('/learning/')
    await page.locator('[data-cancel]').click()
    await page.locator('#leave-yes').click()
    await page.locator('.learning[data-phase="cancelled"]').first().waitFor()
    await visitor.leave()
  })

  it('a seat can be claimed and given back with the keyboard alone', { timeout: 90_000 }, async () => {
    const school = await eveningSchool(house().site)
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 120; presses += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`the keyboard does not reach ${selector}`)
    }
    await page.goto(`/courses/${school.courseId}/`)
    await page.locator(`#${school.runId}`).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await page.keyboard.press('Enter')
    await tabTo(`#${school.runId} .ticket-foot a`)
    await page.keyboard.press('Enter')
    await page.locator('#claim a.button').waitFor()
    await tabTo('#claim a.button')
    await page.keyboard.press('Enter')
    await page.locator('button[name=person]').first().waitFor()
    await tabTo('button[value="demo-fu-dahai"]')
    await page.keyboard.press('Enter')
    await page.locator('#go').waitFor()
    await tabTo('#go')
    await page.keyboard.press('Enter')
    await page.locator('.done').waitFor()
    await tabTo('.done a.button')
    await page.keyboard.press('Enter')
    await page.locator('[data-cancel]').waitFor()
    await tabTo('[data-cancel]')
    await page.keyboard.press('Enter')
    await tabTo('#leave-yes')
    await page.keyboard.press('Enter')
    await page.locator('.learning[data-phase="cancelled"]').first().waitFor()
    await visitor.leave()
  })
}
