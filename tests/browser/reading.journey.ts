import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { eveningSchool, type House } from './house.ts'

/** What the storefront does for readers: without scripts, without a network, in another light, with many courses. */
export function reading(house: () => House): void {
  it('a course page says everything without scripts, and tells search engines the same', { timeout: 60_000 }, async () => {
    const school = await eveningSchool(house().site)
    const visitor = await house().visit({ scripts: false })
    const { page } = visitor
    await page.goto(`/courses/${school.courseId}/`)
    expect(await page.locator('h1').innerText()).toBe(school.title)
    expect(await page.locator(`#${school.runId} .ticket-foot a`).getAttribute('href')).toContain(school.runId)
    expect(await page.locator('.ticket .price').first().innerText()).not.toBe('')
    const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '') as {
      '@type': string
      hasCourseInstance: { '@type': string }[]
    }
    expect(data['@type']).toBe('Course')
    expect(data.hasCourseInstance[0]?.['@type']).toBe('CourseInstance')
    await visitor.leave()
  })

  it('a course published after the last build is shown at its own address by the shell', { timeout: 60_000 }, async () => {
    const school = await eveningSchool(house().site)
    const visitor = await house().visit()
    const { page } = visitor
    const shell = await (await fetch(`${house().site}/courses/_/`)).text()
    expect(shell).not.toContain(school.title)
    await page.route(`**/courses/${school.courseId}/`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: shell }))
    await page.goto(`/courses/${school.courseId}/`)
    await page.locator(`#${school.runId}`).waitFor()
    expect(await page.locator('h1').innerText()).toBe(school.title)
    expect(await page.title()).toContain(school.title)
    expect(await page.locator('script[type="application/ld+json"]').count()).toBe(1)
    const { shift, errors } = await visitor.seen()
    expect([shift, ...errors]).toEqual([0])
    await visitor.leave()
  })

  it('a page seen before opens without a network, another one says that there is none', { timeout: 60_000 }, async () => {
    const school = await eveningSchool(house().site)
    const visitor = await house().visit({ kept: true })
    const { page, context } = visitor
    await page.goto('/courses/')
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
      if (!navigator.serviceWorker.controller)
        await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
    })
    await page.goto(`/courses/${school.courseId}/`)
    await page.locator('.ticket').first().waitFor()
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await page.reload()
    expect(await page.locator('h1').innerText()).toBe(school.title)
    await page.locator('.lost').waitFor()
    await page.goto('/about/')
    expect(await page.locator('.empty h2').innerText()).toContain('没有网络')
    await visitor.leave()
  })

  it('light, dark and large text are chosen once and kept', { timeout: 60_000 }, async () => {
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto('/about/')
    const look = () =>
      page.evaluate(() => ({
        paper: getComputedStyle(document.documentElement).backgroundColor,
        text: getComputedStyle(document.documentElement).fontSize,
      }))
    const plain = await look()
    await page.locator('[popovertarget=settings]').click()
    await page.locator('input[name=theme][value=dark]').check({ force: true })
    await page.locator('input[name=size][value=large]').check({ force: true })
    await page.goto('/problems/')
    const chosen = await look()
    expect(chosen.paper).not.toBe(plain.paper)
    expect(chosen.text).toBe('20px')
    await visitor.leave()
  })

  it('the catalog keeps its filters in the address, and back brings them again', { timeout: 60_000 }, async () => {
    const visitor = await house().visit({ device: 'desktop' })
    const { page } = visitor
    await page.goto('/courses/')
    await page.locator('input[name=industry][value=tourism]').check()
    await page.locator('input[name=price][value=free]').check()
    await page.waitForURL(/industry=tourism&price=free/)
    const found = await page.locator('#found').innerText()
    await page.locator('#results h3 a').first().click()
    await page.waitForURL(/\/courses\/crs_/)
    await page.goBack()
    await page.locator('#chosen [data-off=industry]').waitFor()
    expect(await page.locator('#found').innerText()).toBe(found)
    expect(await page.locator('input[name=industry][value=tourism]').isChecked()).toBe(true)
    await page.locator('[data-off=all]').click()
    await page.waitForURL(/\/courses\/$/)
    await visitor.leave()
  })

  it('the first load of the catalog page stays within 30 kB of script', { timeout: 60_000 }, async () => {
    const visitor = await house().visit()
    const { page } = visitor
    const scripts = new Map<string, number>()
    page.on('response', (response) => {
      if (/\.js$/.test(new URL(response.url()).pathname))
        void response.body().then((body) => scripts.set(response.url(), gzipSync(body).length))
    })
    await page.goto('/courses/')
    await page.locator('.good h3').first().waitFor()
    await page.waitForLoadState('networkidle')
    const sum = [...scripts.values()].reduce((a, b) => a + b, 0)
    expect(scripts.size).toBeGreaterThan(2)
    expect(sum).toBeLessThan(30_000)
    await visitor.leave()
  })
}
