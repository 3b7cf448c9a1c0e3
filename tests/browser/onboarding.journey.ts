import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { pngOf } from '@skills/local/png.ts'
import { sound } from './console-page.ts'
import { signInAs, type House } from './house.ts'
import { picture } from './look-at.ts'

const paper = (name: string) => ({ name, mimeType: 'image/png', buffer: pngOf(640, 420) })
const proof = (page: Page, label: string) =>
  page.locator('.proof-field').filter({ has: page.getByRole('button', { name: new RegExp(label) }) })

/** Chooses a paper for a field and waits until it was accepted. */
async function send(page: Page, label: string, name: string): Promise<void> {
  const field = proof(page, label)
  await field.locator('input[type=file]').setInputFiles(paper(name))
  await field.locator('.proof-ok').waitFor()
}
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text)
async function choose(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().click()
  await page.keyboard.type(text)
  await page.locator('.ant-select-item-option').filter({ hasText: text }).first().click()
}
const next = async (page: Page, step: string) => {
  await page.getByRole('button', { name: '保存并继续' }).click()
  await page.getByRole('heading', { name: new RegExp(`^${step}`) }).waitFor()
}

/** Somebody applies from a phone, an operator decides at a desk, and the new provider finds its console. */
export function onboarding(house: () => House): void {
  it('a provider applies from a phone, is asked for what is missing, and is approved', async () => {
    const applicant = await house().visit()
    const { page } = applicant
    await page.goto('/apply/')
    await signInAs(page, 'demo-wang-xin')
    await page.getByRole('button', { name: '开始申请' }).click()
    await page.getByLabel('机构名称（中文）').waitFor()
    await picture(applicant, 'apply-begin')
    await fill(page, '机构名称（中文）', '海口新风培训学校')
    await fill(page, '机构名称（英文）', 'Fresh Wind School')
    await fill(page, '机构简介（中文）', '面向外卖骑手的安全与维修课程。')
    await fill(page, '机构简介（英文）', 'Safety and repair for riders.')
    await choose(page, '所在地区', '海口市')
    await next(page, '证照')
    await fill(page, '统一社会信用代码', '91350100M000100Y4Z')
    await fill(page, '法定代表人', '王示范')
    const licence = proof(page, '办学许可证或营业执照')
    await licence
      .locator('input[type=file]')
      .setInputFiles({ name: '执照.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') })
    await licence.locator('.field-error').waitFor()
    expect(await licence.locator('.field-error').innerText()).toContain('文件内容与类型不符')
    await send(page, '办学许可证或营业执照', '执照.png')
    await picture(applicant, 'apply-licence')
    await next(page, '办学范围')
    await page.getByRole('button', { name: '增加一个工种' }).click()
    await choose(page, '工种', '低压电工作业')
    await send(page, '办学证明 1', '证明.png')
    await next(page, '教学场地')
    await page.getByRole('button', { name: '增加一个场地' }).click()
    await fill(page, '场地名称（中文）', '主校区')
    await fill(page, '场地名称（英文）', 'Main site')
    await fill(page, '地址（中文）', '海口市新风路 6 号')
    await fill(page, '地址（英文）', '6 Xinfeng Road, Haikou')
    await choose(page, '所在地区', '海口市')
    await fill(page, '教室名称 1', '201')
    await fill(page, '容纳人数', '36')
    await send(page, '场地照片 1', '教室.png')
    await send(page, '消防安全证明', '消防.png')
    await picture(applicant, 'apply-venue')
    await next(page, '承诺')
    for (const box of await page.locator('[data-rule]').all()) await box.click()
    await picture(applicant, 'apply-commitments')
    await next(page, '提交')
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('还有 1 处需要补充').waitFor()
    await picture(applicant, 'apply-missing')
    await page.getByRole('button', { name: /I、O、S、V、Z/ }).click()
    await fill(page, '统一社会信用代码', '91350100M000100Y43')
    // Each step is kept: whoever comes back with another device goes on there.
    await next(page, '办学范围')
    await page.reload()
    await page.getByLabel('机构名称（中文）').waitFor()
    expect(await page.getByLabel('机构名称（中文）').inputValue()).toBe('海口新风培训学校')
    for (const step of ['证照', '办学范围', '教学场地', '承诺', '提交']) await next(page, step)
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('审核中', { exact: true }).waitFor()
    await picture(applicant, 'apply-submitted')

    const desk = await house().visit({ device: 'desktop' })
    await desk.page.goto('/console/operator/')
    await signInAs(desk.page, 'demo-chen')
    await desk.page.getByRole('link', { name: '海口新风培训学校' }).waitFor()
    await picture(desk, 'operator-queue')
    await desk.page.getByRole('link', { name: '海口新风培训学校' }).click()
    await desk.page.getByRole('button', { name: '查看 办学许可' }).click()
    const shown = desk.page.getByRole('link', { name: /打开/ })
    await shown.waitFor()
    expect((await fetch((await shown.getAttribute('href')) ?? '')).headers.get('content-type')).toBe('image/png')
    await picture(desk, 'operator-review')
    await desk.page.getByRole('button', { name: '通过' }).click()
    await desk.page.getByText('请写审核意见。').waitFor()
    await desk.page.getByLabel('审核意见（申请人会看到）').fill('材料齐全')
    await desk.page.getByRole('button', { name: '通过' }).click()
    await desk.page.getByRole('heading', { name: '待审核的入驻申请' }).waitFor()
    await desk.page.goto('/console/operator/?tab=rules')
    await desk.page.getByText('退费与改期规则').first().waitFor()
    await picture(desk, 'operator-rules')

    await page.goto('/apply/')
    await page.getByRole('link', { name: '去机构工作台' }).click()
    await page.getByRole('link', { name: '资质', exact: true }).click()
    await page.getByText('更新证照、办学范围或场地').waitFor()
    await picture(applicant, 'provider-standing')
    await page.goto('/en/apply/')
    await page.getByText('Approved', { exact: true }).waitFor()
    await sound(applicant, 'apply in English')
    await desk.leave()
    await applicant.leave()
  }, 400_000)
}
