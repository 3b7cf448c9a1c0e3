import { demoSponsors } from '@skills/local/demo-people.ts'
import { must } from '@skills/local/must.ts'
import type { Page, Route } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { signInAs, type House, type Visitor } from './house.ts'
import { lookAt } from './look-at.ts'
import { claimFor, fillPerson, moneyScene, type MoneyScene } from './money-scene.ts'

/** An answer of a house in trouble. */
const trouble = (route: Route) =>
  route.fulfill({
    status: 503,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      type: 'about:blank',
      title: '',
      status: 503,
      detail: '',
      instance: 'urn:request:01K0000000000000000000000X',
      code: 'busy',
      retry: 'later',
    }),
  })
const lost = (route: Route) => route.abort('connectionreset')
/** Never answers, as long as the page is looked at. */
const silence = () => new Promise<void>(() => undefined)

/** What pages about money show while nothing is there yet, where nothing is, and when something goes wrong: each looked at, none a dead end. */
export function moneyStates(house: () => House): void {
  let scene: MoneyScene
  beforeAll(async () => {
    scene = await moneyScene(house(), 'Z1')
    for (const [i, sub] of ['state-first', 'state-second'].entries()) {
      await fillPerson(house().as(sub), 51 + i)
      await claimFor(house().as(sub), scene.smallRunId)
    }
  }, 120_000)

  async function signedIn(sub: string): Promise<Visitor> {
    const visitor = await house().visit({ device: 'phone' })
    await visitor.page.goto('/sign-in/?back=/about/')
    await signInAs(visitor.page, sub)
    await visitor.page.waitForURL('**/about/')
    return visitor
  }
  /** Looks at a page while a call of the API goes in a way of its own. */
  async function lookWhile(visitor: Visitor, call: RegExp, way: (route: Route) => Promise<void>, look: Parameters<typeof lookAt>[1][]) {
    const [path = '', mark = '', name = ''] = look
    await visitor.page.route(call, way)
    await lookAt(visitor, path, mark, name)
    await visitor.page.unroute(call)
  }
  const claim = (runId: string) => `/claim/?run=${runId}&course=${scene.courseId}`
  const again = async (page: Page, button: string, mark: string) => {
    await page.locator(button).first().click()
    await page.locator(mark).first().waitFor()
  }

  it('the price panel and the queue', { timeout: 240_000 }, async () => {
    const visitor = await signedIn('demo-lin-xiaoyu')
    const { page } = visitor
    await lookWhile(visitor, /\/runs\/[^/]+\/price/, silence, [
      claim(scene.runId),
      '#run .run-summary, #run h2, #run h3',
      'state-price-loading',
    ])
    await lookWhile(visitor, /\/runs\/[^/]+\/price/, trouble, [claim(scene.runId), '[data-code=busy]', 'state-price-busy'])
    await lookWhile(visitor, /\/runs\/[^/]+\/price/, lost, [claim(scene.runId), '.notice.urgent', 'state-price-lost'])
    await again(page, '.notice.urgent button', '.slip-total .price')
    await lookAt(visitor, claim(scene.smallRunId), '#join-queue', 'state-sold-out')
    await page.route(/\/runs\/[^/]+\/waitlist$/, (route) => (route.request().method() === 'POST' ? trouble(route) : route.continue()))
    await page.locator('#join-queue').click()
    await page.locator('#waiting-said .notice').waitFor()
    expect(await page.locator('#join-queue').isEnabled()).toBe(true)
    await page.unroute(/\/runs\/[^/]+\/waitlist$/)
    await lookWhile(visitor, /\/me\/waitlist/, trouble, ['/learning/', '.notice.warn', 'state-waiting-unknown'])
    await again(page, '[data-reload]', '.month-grid')
    await visitor.leave()
  })

  it('orders', { timeout: 240_000 }, async () => {
    const visitor = await signedIn('demo-zhao-gong')
    const { page } = visitor
    await lookAt(visitor, '/orders/', '.empty', 'state-orders-empty')
    await lookAt(visitor, '/learning/', '.empty', 'state-learning-empty')
    await lookWhile(visitor, /\/me\/orders/, silence, ['/orders/', '#orders', 'state-orders-loading'])
    await lookWhile(visitor, /\/me\/orders/, trouble, ['/orders/', '[data-code=busy]', 'state-orders-busy'])
    await lookWhile(visitor, /\/me\/orders/, lost, ['/orders/', '.notice.urgent', 'state-orders-lost'])
    await again(page, '[data-again]', '.empty')
    await lookAt(visitor, '/orders/?order=ord_01K0000000000000000000000X', '.empty', 'state-order-unknown')
    await lookWhile(visitor, /\/me\/orders/, lost, [
      '/orders/return/?order=ord_01K0000000000000000000000X',
      '.notice.urgent',
      'state-return-lost',
    ])
    await visitor.leave()
  })

  it('the union console', { timeout: 240_000 }, async () => {
    const visitor = await signedIn('demo-chen')
    const { page } = visitor
    const empty = demoSponsors[0].id
    await lookAt(visitor, `/console/union/?sponsor=${empty}`, '.console-empty', 'state-union-empty')
    await lookWhile(visitor, /\/programs$/, silence, [`/console/union/?sponsor=${empty}`, '.console-wait', 'state-union-loading'])
    await lookWhile(visitor, /\/programs$/, trouble, [`/console/union/?sponsor=${empty}`, '[data-code=busy]', 'state-union-busy'])
    await again(page, '[data-code=busy] button', '.console-empty')
    const made = must(
      'creating a program',
      await house()
        .as('demo-chen')
        .call('createProgram', {
          params: { sponsorId: demoSponsors[2].id },
          body: {
            name: { zh: '还没有钱的项目', en: 'A program without money' },
            scheme: 'states-empty',
            period: { from: '2026-01-01', until: '2028-12-31' },
            funding: { kind: 'full' },
            stacking: { kind: 'exclusive' },
            ruleSets: [
              {
                version: '1',
                from: '2026-01-01',
                until: null,
                source: { title: '办法（演示）', document: '演示〔2026〕11 号' },
                rules: [],
              },
            ],
          },
        }),
    )
    for (const tab of ['allocations', 'grants', 'reviews', 'vouchers', 'ledger'])
      await lookAt(
        visitor,
        `/console/union/?sponsor=${demoSponsors[2].id}&program=${made.program.id}&tab=${tab}`,
        '.console-empty',
        `state-program-${tab}-empty`,
      )
    await lookWhile(visitor, /\/grants(\?|$)/, lost, [
      `/console/union/?program=${scene.programId}&tab=grants`,
      '[data-code=lost]',
      'state-grants-lost',
    ])
    await visitor.leave()
  })

  it('the employer console', { timeout: 240_000 }, async () => {
    const visitor = await signedIn('demo-chen-renshi')
    const { page } = visitor
    const orders = /\/group-orders$/
    const none = (route: Route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"groupOrders":[]}' })
    await lookWhile(visitor, orders, none, ['/console/employer/', '.console-empty', 'state-employer-empty'])
    await lookWhile(visitor, orders, silence, ['/console/employer/', '.console-wait', 'state-employer-loading'])
    await lookWhile(visitor, orders, trouble, ['/console/employer/', '[data-code=busy]', 'state-employer-busy'])
    await again(page, '[data-code=busy] button', '.console-empty, .program-list')
    await lookWhile(visitor, /\/catalog\/index\.json/, lost, ['/console/employer/?do=buy', '.ant-alert-error', 'state-picker-lost'])
    await lookAt(visitor, '/console/employer/?order=gro_01K0000000000000000000000X', '[data-code=not-found]', 'state-group-order-unknown')
    await visitor.leave()
  })
}
