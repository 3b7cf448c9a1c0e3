import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { plusMinutes } from '@skills/contract/time.ts'
import { runOf } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
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
  zh: { close: '关闭结算单', lines: '查看明细', csv: '导出 CSV', xlsx: '导出 Excel' },
  en: { close: 'Close the statement', lines: 'Show the lines', csv: 'Export CSV', xlsx: 'Export Excel' },
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
