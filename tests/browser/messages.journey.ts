import { must } from '@skills/local/must.ts'
import { expect, it } from 'vitest'
import { signedIn } from './attendance.journey.ts'
import { sound } from './console-page.ts'
import { eveningSchool, type House, type Visitor } from './house.ts'
import { inLanguage, lookAt, picture } from './look-at.ts'

const learner = 'demo-fu-dahai'
const manager = 'demo-huang'
const operator = 'demo-chen'

/** What was scrolled past lies half under the header, where nobody aims at it; axe cannot know. */
const atTop = ({ page }: Visitor) => page.evaluate(() => scrollTo(0, 0))

/** A learner asks, the provider answers and announces, the bell rings, preferences and a mail address are kept, and a report is decided; in both languages, on phone and desktop. */
export function messages(house: () => House): void {
  let runId = ''

  it('a learner asks about her run; her provider answers and announces; she is told', { timeout: 240_000 }, async () => {
    ;({ runId } = await eveningSchool(house().site))
    const api = house().as(learner)
    const taken = await api.call('claimSeat', { params: { runId }, body: {} })
    if (!taken.ok) expect(taken.problem.code).toBe('already-enrolled')

    const visitor = await signedIn(house(), learner, '/learning/')
    const { page } = visitor
    await page.locator(`a[href="/messages/?run=${runId}"]`).click()
    await page.locator('#ask').waitFor()
    await picture(visitor, 'messages-run-zh')
    // A number of hers is refused in words, and what she wrote stays.
    await page.locator('#ask-subject').fill('可以晚到十分钟吗')
    await page.locator('#ask-text').fill('第二次课可以晚到吗？我的电话 19900001234')
    await page.locator('#ask-send').click()
    await page.locator('#ask .field-error').waitFor()
    await sound(visitor, 'messages-refused')
    await page.locator('#ask-text').fill('第二次课我要先送孩子，可以晚到十分钟吗？')
    await page.locator('#ask-send').click()
    await page.locator('.message[data-mine="yes"]').waitFor()
    const threadId = new URL(page.url()).searchParams.get('thread') ?? ''
    expect(threadId).toMatch(/^thr_/)

    const office = await signedIn(house(), manager, '/console/provider/?tab=messages', { device: 'desktop' })
    await office.page.getByRole('link', { name: '可以晚到十分钟吗' }).waitFor()
    await office.page.getByRole('button', { name: '发给全体学员' }).waitFor()
    await picture(office, 'console-messages-zh', 'desktop')
    await office.page.getByRole('link', { name: '可以晚到十分钟吗' }).click()
    await office.page.locator('#text').fill('可以，请从后门进。')
    await office.page.getByRole('button', { name: '发送回复' }).click()
    await office.page.locator('[data-side="provider"]').waitFor()
    await atTop(office)
    await picture(office, 'console-thread-zh', 'desktop')
    must(
      'announcing',
      await house()
        .as(manager)
        .call('announce', { params: { runId }, body: { title: '第一次课请带笔记本电脑', text: '教室有电源，没有电脑的可以向前台借。' } }),
    )
    await house().drain()

    // A count is believed for a minute; this one is older.
    await page.evaluate(() => sessionStorage.removeItem('skills.unread'))
    await page.goto('/')
    await page.locator('.bell-count:not([hidden])').waitFor()
    expect(Number(await page.locator('.bell-count').textContent())).toBeGreaterThanOrEqual(2)
    expect((await visitor.seen()).shift).toBeLessThan(0.1)
    for (const language of ['zh', 'en'] as const) {
      await page.goto(inLanguage(language, `/messages/?thread=${threadId}`))
      await page.locator('.message').nth(1).waitFor()
      await atTop(visitor)
      await picture(visitor, `messages-thread-${language}`, language === 'zh' ? 'desktop' : 'phone')
    }
    await page.goto(`/messages/?run=${runId}`)
    await page.locator('[data-report="1"]').first().click()
    await page.locator('#report-reason').fill('试一下举报')
    await sound(visitor, 'messages-report')
    await page.locator('#report-yes').click()
    await page.locator('#messages-said .good-news').waitFor()
    await lookAt(visitor, '/messages/', '[data-thread]', 'messages')
    expect(await visitor.seen()).toMatchObject({ violations: [], errors: [] })
    await visitor.leave()
    await office.leave()
  })

  it('an operator looks at what was reported and leaves it', { timeout: 120_000 }, async () => {
    const visitor = await signedIn(house(), operator, '/console/operator/?tab=messages', { device: 'desktop' })
    const { page } = visitor
    await page.locator('[data-reported]').waitFor()
    await picture(visitor, 'console-reported-zh', 'desktop')
    await page.getByRole('button', { name: '保留' }).click()
    await page.locator('.field-error').waitFor()
    await page.locator('[data-reported] textarea').fill('正常的课前提醒')
    await page.getByRole('button', { name: '保留' }).click()
    await page.locator('[data-reported]').waitFor({ state: 'detached' })
    await visitor.leave()
  })

  it('notices are read, preferences kept, and a mail address counts once its code came back', { timeout: 240_000 }, async () => {
    const visitor = await signedIn(house(), learner, '/notices/')
    const { page } = visitor
    await page.locator('.notice-line').first().waitFor()
    await page.locator('#choose').waitFor()
    await page.locator('#mail-address').waitFor()
    await lookAt(visitor, '/notices/', '#mail-address', 'notices')
    await page.goto('/notices/')
    await page.locator('#read-all').click()
    await page.locator('.notice-line[data-read="no"]').first().waitFor({ state: 'detached' })
    expect(await page.locator('.bell-count').isHidden()).toBe(true)

    await page.locator('input[name="announcements.sms"]').uncheck()
    await page.locator('#quiet-from').fill('21:30')
    await page.locator('#choose-save').click()
    await page.locator('#choices-said .good-news').waitFor()
    await page.reload()
    await page.locator('#choose').waitFor()
    expect(await page.locator('input[name="announcements.sms"]').isChecked()).toBe(false)
    expect(await page.locator('#quiet-from').inputValue()).toBe('21:30')

    await page.locator('#mail-address').waitFor()
    await page.locator('#address').fill('fu.dahai@skills-supermarket.example')
    await page.locator('input[name="agree"]').check()
    await page.locator('#mail-address button').click()
    await page.locator('#mail-code').waitFor()
    await sound(visitor, 'notices-code')
    const mailed = house()
      .below()
      .cloud.doubles.mailbox.messages()
      .filter(({ subject }) => subject !== undefined)
    await page.locator('#code').fill(/\d{6}/.exec(mailed.at(-1)?.text ?? '')?.[0] ?? '')
    await page.locator('#mail-code button').click()
    await page.locator('#mail-drop').waitFor()
    expect(await page.locator('#mail').textContent()).toContain('f***@skills-supermarket.example')
    expect(await visitor.seen()).toMatchObject({ violations: [], errors: [] })
    await visitor.leave()
  })
}
