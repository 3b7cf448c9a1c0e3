import { expect, it } from 'vitest'
import { signInAs, type House } from './house.ts'
import { inLanguage, picture } from './look-at.ts'

const [operator, manager, colleague] = ['demo-chen', 'demo-huang', 'demo-lin-xiaoyu']

/** The way of a second person into a provider: her number, the appointment, her console, the end of it; and an operator who registers an employer. */
export function people(house: () => House): void {
  it('a manager appoints a colleague by the number on her page, and ends it again', { timeout: 240_000 }, async () => {
    const hers = await house().visit({ device: 'phone' })
    await hers.page.goto('/profile/')
    await signInAs(hers.page, colleague)
    await hers.page.locator('#person-id').waitFor()
    await hers.page.locator('#person-id').scrollIntoViewIfNeeded()
    expect(await hers.page.locator('#person-id').inputValue()).toMatch(/^per_[0-9A-Z]{26}$/)
    const personId = await hers.page.locator('#person-id').inputValue()
    await picture(hers, 'profile-number-zh')
    await hers.page.goto('/en/profile/')
    await hers.page.locator('#person-id').waitFor()
    await picture(hers, 'profile-number-en', 'desktop')

    const desk = await house().visit({ device: 'desktop' })
    const { page } = desk
    await page.goto('/console/provider/?tab=people')
    await signInAs(page, manager)
    const form = page.locator('form', { has: page.locator('input[autocomplete=off]') })
    const number = form.locator('input[autocomplete=off]')
    await number.waitFor()
    await number.fill('per_somebody')
    await form.locator('button[type=submit]').click()
    await page.locator('.ant-form-item-explain-error').first().waitFor()
    await picture(desk, 'console-people-wrong-zh')
    await number.fill(` ${personId} `)
    await form.getByText('教务').click()
    await form.locator('button[type=submit]').click()
    const row = page.locator(`[data-member="${personId}"]`)
    await row.waitFor()
    await picture(desk, 'console-people-zh', 'desktop')

    await hers.page.goto('/console/provider/')
    await hers.page.locator('.console-tabs').waitFor()
    await hers.page.goto('/notices/')
    await hers.page.getByText('您可以代表').first().waitFor()

    await page.goto('/en/console/provider/?tab=people')
    await row.getByRole('button', { name: /^Change/ }).click()
    await form.getByText('Instructor:').click()
    await picture(desk, 'console-people-change-en')
    await form.locator('button[type=submit]').click()
    await row.getByText('Instructor').waitFor()
    await row.getByRole('button', { name: /^End/ }).click()
    await picture(desk, 'console-people-end-en', 'desktop')
    await page.locator('.ant-modal-confirm-btns .ant-btn-dangerous').click()
    await row.waitFor({ state: 'detached' })
    await desk.leave()
    await hers.page.goto('/console/provider/')
    await hers.page.locator('a[href="/apply/"]').first().waitFor()
    await hers.leave()
  })

  it('an operator registers an employer by its first manager; a new provider finds its way', { timeout: 180_000 }, async () => {
    const { personId } = await house()
      .as(colleague)
      .call('getMe', {})
      .then((answer) => (answer.ok ? answer.value : Promise.reject(new Error('nobody'))))
    const desk = await house().visit({ device: 'desktop' })
    const { page } = desk
    for (const language of ['zh', 'en'] as const) {
      await page.goto(inLanguage(language, '/console/operator/?tab=appointments'))
      if (language === 'zh') await signInAs(page, operator)
      await page.locator('#known-organization').waitFor()
      await picture(desk, `console-appointments-${language}`, language === 'zh' ? 'phone' : 'desktop')
    }
    await page.getByRole('button', { name: 'Register a new employer' }).click()
    await page.locator('#person').fill(personId)
    await page.getByText('Manager:').click()
    await page.locator('#zh').fill('示例餐饮公司')
    await page.locator('#en').fill('Example Catering')
    await picture(desk, 'console-appointments-employer-en')
    await page
      .locator('form', { has: page.locator('#person') })
      .locator('button[type=submit]')
      .click()
    await page.locator(`[data-member="${personId}"]`).waitFor()
    await picture(desk, 'console-appointments-made-en', 'desktop')

    await page.goto('/about/')
    expect(await page.locator('main a[href="/apply/"]').count()).toBe(1)
    expect(await page.locator('footer a[href="/apply/"]').count()).toBe(1)
    await desk.leave()
    const hers = await house().visit({ device: 'phone' })
    await hers.page.goto('/console/employer/?do=people')
    await signInAs(hers.page, colleague)
    await hers.page.locator(`[data-member="${personId}"]`).waitFor()
    await picture(hers, 'console-employer-people-zh')
    await hers.leave()
  })
}
