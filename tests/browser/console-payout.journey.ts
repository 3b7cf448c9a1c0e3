import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { plusMinutes } from '@skills/contract/time.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { quarantine } from '@skills/core/order/order.table.ts'
import { readItem } from '@skills/core/table.ts'
import { must } from '@skills/local/must.ts'
import { beforeAll, expect, it } from 'vitest'
import { credit } from '../payout/payout-scene.ts'
import { testWorld } from '../test-world.ts'
import { signInAs, type House } from './house.ts'
import { inLanguage, languages, picture } from './look-at.ts'
import { checkoutOf } from './money-below.ts'
import { claimFor, fillPerson, moneyScene } from './money-scene.ts'

const words = {
  zh: {
    ...{ close: '关闭结算单', lines: '查看明细', csv: '导出 CSV', xlsx: '导出 Excel' },
    ...{ reference: '银行凭证号', pay: '登记付款', number: /^登记号码 ivc_/, numberLabel: /^发票号码/, save: '确认登记', issued: '已开' },
    ...{ said: '查到了什么、怎么处理的', end: '办结', ended: '已办结' },
  },
  en: {
    ...{ close: 'Close the statement', lines: 'Show the lines', csv: 'Export CSV', xlsx: 'Export Excel' },
    ...{
      reference: 'The bank’s number of it',
      pay: 'Record a payment',
      number: /^Record the number ivc_/,
      numberLabel: /^Invoice number/,
    },
    ...{ save: 'Record it', issued: 'Issued', said: 'What was found, and what was done', end: 'Close', ended: 'Done' },
  },
} as const
const operator = 'demo-chen'

/** Two people paid for a run with a subsidy, and one of them attended it; then it was over. No clock of this house can be moved, so its meetings are. */
async function runThatIsOver(house: House, run: 'runId' | 'weekendRunId', code: string): Promise<{ providerId: string; runId: string }> {
  const { [run]: runId } = await moneyScene(house, code)
  const { table, cloud } = house.below()
  const { stripe } = cloud.doubles
  for (const [place, sub] of [`${code}-first`, `${code}-second`].entries()) {
    const api = house.as(sub)
    await fillPerson(api, (code === 'PO1' ? 1 : 3) + place)
    const { id, orderId } = await claimFor(api, runId)
    stripe.pay(await checkoutOf(house, sub, orderId ?? ''))
    await stripe.drain()
    await house.drain()
    if (place > 0) continue
    const { personId } = must('reading who one is', await api.call('getMe', {}))
    const world = testWorld(table, new Date().toISOString(), code.length + code.charCodeAt(2))
    await credit(world, { personId, runId, enrollmentId: id, orderId: orderId ?? '' }, 60)
  }
  const key = keys.run.key(runId)
  const item = runOf(await readItem(table, key))
  if (item === undefined) throw new Error('there is no such run')
  const minutes = -120 * 24 * 60
  const moved = item.run.meetings.map((meeting) => ({
    ...meeting,
    startsAt: plusMinutes(meeting.startsAt, minutes),
    endsAt: plusMinutes(meeting.endsAt, minutes),
  }))
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: key,
      UpdateExpression: 'SET #run.meetings = :meetings, #run.closesAt = :closes, #run.opensAt = :opens',
      ExpressionAttributeNames: { '#run': 'run' },
      ExpressionAttributeValues: {
        ':meetings': moved,
        ':closes': plusMinutes(item.run.closesAt, minutes),
        ':opens': plusMinutes(item.run.opensAt, minutes),
      },
    }),
  )
  return { providerId: item.run.providerId, runId }
}

/** Payouts in the provider console: what is to be stated, a statement with its lines, closed, taken away as files; and the overview. */
export function payoutConsole(house: () => House): void {
  let over: Record<'zh' | 'en', { providerId: string; runId: string }>
  beforeAll(async () => {
    over = { zh: await runThatIsOver(house(), 'runId', 'PO1'), en: await runThatIsOver(house(), 'weekendRunId', 'PO2') }
  }, 180_000)

  it.each(languages)('are looked at, closed and exported, in %s', { timeout: 240_000 }, async (language) => {
    const { providerId, runId } = over[language]
    const w = words[language]
    const visitor = await house().visit({ device: 'desktop', language })
    const { page } = visitor
    const tab = (name: string) => inLanguage(language, `/console/provider/?provider=${providerId}&tab=${name}`)
    await page.goto(tab('dashboard'))
    await signInAs(page, operator)
    await page.locator('[data-task=statement-due]').first().waitFor()
    await page.locator('.chart canvas').first().waitFor()
    await picture(visitor, `console-overview-${language}`)

    await page.goto(tab('payout'))
    await page.locator('.program-card').first().waitFor()
    await picture(visitor, `console-payouts-${language}`)
    await page.locator(`.program-card a[href*="${runId}"]`).click()
    await page.locator('[data-next="1"] .chart canvas').waitFor()
    await page.getByRole('button', { name: w.lines, exact: true }).click()
    await page.locator('[data-next="1"] .table-frame').nth(1).waitFor()
    await picture(visitor, `console-payout-${language}`)

    await page.getByRole('button', { name: w.close, exact: true }).click()
    await page.locator('.ant-modal-confirm .sure-sum').waitFor()
    await picture(visitor, `console-payout-close-${language}`)
    await page.locator('.ant-modal-confirm .ant-btn-primary').click()
    await page.locator('[data-statement="1"]').waitFor()
    for (const name of [w.csv, w.xlsx]) {
      const taken = page.waitForEvent('download')
      await page.getByRole('button', { name, exact: true }).click()
      expect((await taken).suggestedFilename()).toMatch(/-1\.(csv|xlsx)$/)
    }
    await picture(visitor, `console-payout-closed-${language}`)
    const { statements, next } = must('reading the payout', await house().as(operator).call('getPayout', { params: { runId } }))
    expect(statements).toHaveLength(1)
    expect(next).toBeNull()
    // 960 yuan each, 60 % of it from the union; one of the two attended half of it, nobody knows of the other.
    expect(statements[0]).toMatchObject({ earnedFen: 2 * 38_400 + 28_800, heldFen: 28_800 + 57_600 })

    // What was paid of it is recorded by an operator, and nothing is open any more.
    const paid = page.locator('[data-statement="1"] [data-paid]')
    await paid.getByLabel(w.reference).fill(`ICBC-${language}-1`)
    await paid.getByRole('button', { name: w.pay, exact: true }).click()
    await page.locator('.ant-modal-confirm .ant-btn-primary').click()
    await page.locator(`[data-statement="1"] [data-paid="${statements[0]?.earnedFen}"] tbody .ant-table-row`).waitFor()
    await picture(visitor, `console-payout-paid-${language}`)
    await page.goto(tab('dashboard'))
    await page.locator('[data-open="0"]').waitFor()
    await visitor.leave()
  })

  it.each(languages)('leave invoices to issue, in %s', { timeout: 240_000 }, async (language) => {
    const { providerId } = over[language]
    const w = words[language]
    const visitor = await house().visit({ device: 'desktop', language })
    const { page } = visitor
    await page.goto(inLanguage(language, `/console/provider/?provider=${providerId}&tab=invoices`))
    await signInAs(page, operator)
    await page.getByRole('button', { name: w.number }).first().click()
    const number = language === 'zh' ? '25462000000012340001' : '25462000000012340002'
    await page.getByLabel(w.numberLabel).fill(number)
    await picture(visitor, `console-invoices-${language}`)
    await page.getByRole('button', { name: w.save, exact: true }).click()
    await page.getByText(number).waitFor()
    await page.getByRole('radio', { name: w.issued, exact: true }).check()
    await page.getByText(number).waitFor()
    const taken = page.waitForEvent('download')
    await page.getByRole('button', { name: w.csv, exact: true }).click()
    expect((await taken).suggestedFilename()).toMatch(/\.csv$/)
    await picture(visitor, `console-invoices-issued-${language}`)
    await visitor.leave()
  })

  it.each(languages)('and money that fits nothing waits for an operator, in %s', { timeout: 240_000 }, async (language) => {
    const w = words[language]
    const { table } = house().below()
    const world = testWorld(table, new Date().toISOString(), language === 'zh' ? 71 : 72)
    await quarantine(world, `evt_${language}`, 'amount', `cs_${language}`)
    const visitor = await house().visit({ device: 'phone', language })
    const { page } = visitor
    await page.goto(inLanguage(language, '/console/operator/?tab=money'))
    await signInAs(page, operator)
    const card = page.locator('[data-matter=event-quarantined]').filter({ hasText: `evt_${language}` })
    await card.waitFor()
    await card.getByRole('button', { name: w.end, exact: true }).click()
    await card.locator('.field-error').waitFor()
    await picture(visitor, `console-money-${language}`)
    await card.getByLabel(w.said).fill('测试账户的通知，与我们无关')
    await card.getByRole('button', { name: w.end, exact: true }).click()
    await card.waitFor({ state: 'detached' })
    await page.getByRole('radio', { name: w.ended, exact: true }).check()
    await card.waitFor()
    await picture(visitor, `console-money-done-${language}`)
    await visitor.leave()
  })

  it('say that there is nothing yet, and what went wrong', { timeout: 120_000 }, async () => {
    const { providerId } = must('asking who I am', await house().as('demo-huang').call('getMe', {})).memberships.map(
      ({ organizationId }) => ({ providerId: organizationId }),
    )[0] ?? { providerId: '' }
    const visitor = await house().visit({ device: 'phone' })
    const { page } = visitor
    await page.goto(`/console/provider/?provider=${providerId}&tab=payout`)
    await signInAs(page, 'demo-huang')
    await page.locator('#payouts-title').waitFor()
    await page.locator('#closed-title, .console-empty').first().waitFor()
    await picture(visitor, 'console-payouts-none')
    await page.route(/\/dashboard$/, (route) => route.abort('connectionreset'))
    await page.goto(`/console/provider/?provider=${providerId}&tab=dashboard`)
    await page.locator('.ant-alert').waitFor()
    await picture(visitor, 'console-overview-failed')
    await visitor.leave()
  })
}
