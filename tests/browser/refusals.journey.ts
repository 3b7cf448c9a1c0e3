import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eveningSchool, screenshots, signInAs, type House } from './house.ts'

type Row = { id: string; r: [string, string, string, string, string, number, number, number, string][] }

/** A run of the published catalog that fits, with its course. */
async function runWhere(site: string, fits: (run: Row['r'][number]) => boolean): Promise<{ courseId: string; runId: string }> {
  const index = (await (await fetch(`${site}/catalog/index.json`)).json()) as { rows: { file: string }[] }
  for (const { file } of index.rows) {
    const { rows } = (await (await fetch(`${site}/catalog/${file}`)).json()) as { rows: Row[] }
    for (const row of rows) {
      const run = row.r.find(fits)
      if (run) return { courseId: row.id, runId: run[0] }
    }
  }
  throw new Error('no run of the demo catalog fits')
}

/** Runs that cannot be claimed say why before anything is pressed, and lead on. */
export function refusals(house: () => House): void {
  it('a run that is not open yet counts down and keeps its button off', { timeout: 60_000 }, async () => {
    const now = new Date().toISOString()
    const { courseId, runId } = await runWhere(house().site, (run) => run[1] > now && run[5] === 0)
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto(`/claim/?run=${runId}&course=${courseId}`)
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-lin-xiaoyu')
    await page.locator('.countdown').waitFor()
    expect(await page.locator('#go').isDisabled()).toBe(true)
    await page.screenshot({ path: join(screenshots, 'claim-not-open-zh-phone.png'), fullPage: true })
    await visitor.leave()
  })

  it('the button lights up by itself when the moment has come', { timeout: 60_000 }, async () => {
    const now = new Date().toISOString()
    const { courseId, runId } = await runWhere(house().site, (run) => run[1] > now && run[5] === 0)
    const course = (await (await fetch(`${house().site}/catalog/courses/${courseId}.json`)).json()) as {
      runs: { run: { id: string; opensAt: string } }[]
    }
    const opensAt = Date.parse(course.runs.find(({ run }) => run.id === runId)?.run.opensAt ?? '')
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto('/sign-in/?back=/about/')
    await signInAs(page, 'demo-lin-xiaoyu')
    await page.waitForURL('**/about/')
    // Only the visitor's clock is moved; the session is told to last, since it ends by that clock too.
    await page.evaluate((endsAt) => {
      const session = JSON.parse(localStorage.getItem('skills.session') ?? '{}') as object
      localStorage.setItem('skills.session', JSON.stringify({ ...session, endsAt }))
    }, opensAt + 3_600_000)
    await page.clock.install({ time: opensAt - 5_000 })
    await page.goto(`/claim/?run=${runId}&course=${courseId}`)
    await page.locator('.countdown').waitFor()
    expect(await page.locator('#go').isDisabled()).toBe(true)
    await page.clock.fastForward(6_000)
    await page.locator('#go:enabled').waitFor()
    // The house's own clock decides: it says that it is too early.
    // Whether this run asks for it hangs on the order of the catalog.
    const health = page.locator('#health')
    if ((await health.count()) > 0) await health.check()
    await page.locator('#go').click()
    await page.locator('[data-code="registration-not-open"]').waitFor()
    await visitor.leave()
  })

  it('a run that must be paid shows its price before the button, and the sum on it', { timeout: 60_000 }, async () => {
    const now = new Date().toISOString()
    const { courseId, runId } = await runWhere(house().site, (run) => run[5] > 0 && run[1] < now && run[2] > now && run[7] > 0)
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto(`/claim/?run=${runId}&course=${courseId}`)
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-lin-xiaoyu')
    await page.locator('.slip-total .price').waitFor()
    const missing = await page.locator('#missing').count()
    expect(await page.locator('#go').count()).toBe(missing === 0 ? 1 : 0)
    await page.screenshot({ path: join(screenshots, 'claim-paid-zh-desktop.png'), fullPage: true })
    await visitor.leave()
  })

  it('a refusal that comes after pressing is said with a way on', { timeout: 60_000 }, async () => {
    const school = await eveningSchool(house().site)
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto(`/claim/?run=${school.runId}&course=${school.courseId}`)
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-lin-xiaoyu')
    await page.locator('#go').waitFor()
    await page.route('**/enrollments', (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: '名额已满',
          status: 409,
          detail: '这一期的名额已经满了。',
          instance: 'urn:request:x',
          code: 'sold-out',
          retry: 'later',
        }),
      }),
    )
    await page.locator('#go').click()
    await page.locator('[data-code="sold-out"] a.button').waitFor()
    await page.locator('#alternatives .good').first().waitFor()
    expect(await page.locator('[data-code="sold-out"]').getAttribute('role')).toBe('alert')
    await page.screenshot({ path: join(screenshots, 'claim-sold-out-zh-phone.png'), fullPage: true })
    await visitor.leave()
  })

  it('a catalog that cannot be fetched says so and can be asked again', { timeout: 60_000 }, async () => {
    const visitor = await house().visit()
    const { page } = visitor
    await page.route('**/catalog/index.json', (route) => route.abort())
    await page.goto('/courses/')
    const again = page.locator('#nothing button')
    await again.waitFor()
    await page.screenshot({ path: join(screenshots, 'courses-failed-zh-phone.png'), fullPage: true })
    await page.unroute('**/catalog/index.json')
    await again.click()
    await page.locator('.good h3').first().waitFor()
    await visitor.leave()
  })
}
