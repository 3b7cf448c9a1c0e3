import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eveningSchool, screenshots, signInAs, type House } from './house.ts'

/** A resident ID of nobody: area 9900xx, the check character of GB 11643. */
const nobody = '990001199001011234'
function checked(seventeen: string): string {
  const sum = [...seventeen].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0)
  return seventeen + '10X98765432'[sum % 11]
}

/** Somebody without a profile: is told what is missing before pressing anything, and comes back to where they stood. */
export function newcomer(house: () => House): void {
  it('is told what is missing, fills it in with every mistake explained, and claims a seat', { timeout: 120_000 }, async () => {
    const school = await eveningSchool(house().site)
    const visitor = await house().visit()
    const { page } = visitor
    await page.goto(`/claim/?run=${school.runId}&course=${school.courseId}`)
    await page.locator('#claim a.button').click()
    await signInAs(page, 'demo-wang-xin')
    await page.locator('#claim [data-code]').first().waitFor()
    expect(await page.locator('#go').count()).toBe(0)
    await page.screenshot({ path: join(screenshots, 'claim-missing-zh-phone.png'), fullPage: true })
    await page.locator('#claim [data-code="profile-incomplete"] a.button').click()

    await page.locator('#beside').waitFor()
    await page.locator('[data-consent=identity][data-give=yes]').click()
    await page.locator('[data-consent=identity][data-give=no]').waitFor()
    await page.locator('#realName').fill('王新')
    await page.locator('#residentId').fill(nobody)
    await page.locator('#mobile').fill('123')
    await page.locator('#region').selectOption('460100')
    await page.locator('#employmentKind').selectOption('employee')
    await page.locator('#save').click()
    await page.locator('#residentId[aria-invalid]').waitFor()
    await page.locator('#mobile[aria-invalid]').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('residentId')
    await page.screenshot({ path: join(screenshots, 'profile-errors-zh-phone.png'), fullPage: true })

    await page.locator('#residentId').fill(checked('99000119900101123'))
    await page.locator('#mobile').fill('19900007788')
    await page.locator('#add-certificate').click()
    await page.locator('[name=certificateTrade]').selectOption('low-voltage-electrician')
    await page.locator('#save').click()
    await page.locator('#profile-said a.button').click()
    await page.waitForURL(/\/claim\/\?run=/)
    await page.locator('#go').click()
    await page.locator('.done').waitFor()

    await page.goto('/profile/')
    await page.locator('#beside').waitFor()
    expect(await page.locator('#residentId-hint').innerText()).toContain('*')
    expect(await page.locator('[name=certificateTrade]').inputValue()).toBe('low-voltage-electrician')
    expect(await page.content()).not.toContain('19900007788')
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#export').click()])
    expect(file.suggestedFilename()).toMatch(/\.json$/)

    await page.goto('/learning/')
    await page.locator('#open-calendar').click()
    const address = await page.locator('#calendar-address').inputValue()
    const calendar = await page.request.get(address)
    expect(calendar.headers()['content-type']).toContain('text/calendar')
    expect(await calendar.text()).toContain('BEGIN:VEVENT')
    await page.locator('#close-calendar').click()
    await page.locator('#calendar .notice').waitFor()
    expect((await page.request.get(address)).status()).toBe(404)
    const seen = await visitor.seen()
    expect([...seen.violations, ...seen.errors]).toEqual([])
    await visitor.leave()
  })
}
