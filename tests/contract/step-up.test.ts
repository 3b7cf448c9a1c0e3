import { recently, type Route } from '@skills/contract/route.ts'
import { routes } from '@skills/contract/routes.ts'
import { beforeAll, expect, test } from 'vitest'
import { all, cloud, expectProblem, languages, operator, send, useStack } from './requests.ts'
import { buildScene, type Scene } from './scene.ts'

useStack()
let scene: Scene
beforeAll(async () => {
  scene = await buildScene()
})

const now = () => Math.floor(Date.now() / 1000)
const hourOld = (sub: string) => cloud().tokenFor(sub, { auth_time: now() - 3600 })
const always = all.filter(({ stepUp, stepUpWhen }) => stepUp !== undefined && stepUpWhen === undefined)

test('exports and what moves money by hand ask for a recent sign-in, with one measure of recent', () => {
  expect(always.map(({ name }) => name).sort()).toEqual(
    expect.arrayContaining(['cancelGroupOrder', 'exportGrants', 'exportInvoices', 'exportMe', 'moveMoney', 'recordTransfer']),
  )
  for (const route of all) {
    if (/^export/.test(route.name)) expect([route.name, route.stepUp, route.stepUpWhen]).toEqual([route.name, recently, undefined])
    if (route.stepUp !== undefined) expect([route.name, route.stepUp, route.who === 'anyone']).toEqual([route.name, recently, false])
  }
  const sometimes = all.filter(({ stepUpWhen }) => stepUpWhen !== undefined)
  expect(sometimes.map(({ name }) => name).sort()).toEqual(expect.arrayContaining(['cancelEnrollment', 'stepRun']))
})

test('a sign-in of an hour ago, of no known time or of the future is too old for each of them', async () => {
  const tokens = [
    hourOld('contract-operator'),
    ...[undefined, String(now()), now() + 3600].map((auth_time) => cloud().tokenFor('contract-operator', { auth_time })),
  ]
  for (const route of always) {
    for (const token of tokens) {
      for (const language of languages) {
        const answer = await send(route, token, { headers: { 'accept-language': language } })
        expectProblem(answer, 'step-up-required', language)
        expect(answer.body['minutes']).toBe(recently)
        expect(answer.headers['www-authenticate']).toBe(
          'Bearer error="insufficient_user_authentication", error_description="A more recent sign-in is required", max_age="900"',
        )
      }
    }
    const fresh = await send(route, operator())
    expect([route.name, fresh.status === 401]).toEqual([route.name, false])
  }
})

test('a person without the role is told that, however old the sign-in', async () => {
  for (const route of always.filter(({ who }) => typeof who === 'object'))
    expectProblem(await send(route, hourOld('contract-person')), 'forbidden')
})

test('a run’s step asks for it only where it cancels', async () => {
  const step = (to: string) =>
    send(routes.stepRun, hourOld('contract-operator'), { params: { runId: scene.others.runId }, body: JSON.stringify({ to }) })
  expectProblem(await step('cancelled'), 'step-up-required')
  expectProblem(await step('draft'), 'illegal-transition')
})

test('a seat that cost nothing is given back with any sign-in, and one that was paid for with a recent one', async () => {
  const { leaves, orderId, token } = scene.people.person
  const leave = (enrollmentId: string, as: string) => send(routes.cancelEnrollment, as, { params: { enrollmentId }, body: '{}' })
  const old = hourOld('contract-person')
  expect((await leave(leaves, old)).status).toBe(200)

  const { body } = await send(routes.openCheckout as unknown as Route, token, { params: { orderId } })
  const { stripe } = cloud().doubles
  stripe.pay(String(body['url']).split('/').at(-1) ?? '')
  await stripe.drain()
  const paid = orderId.replace('ord_', 'enr_')
  expectProblem(await leave(paid, old), 'step-up-required')
  const state = async () => {
    const { enrollment } = (await send(routes.getMyEnrollment, old, { params: { enrollmentId: paid } })).body
    return (enrollment as { state: string }).state
  }
  expect(await state()).toBe('active')
  expect((await leave(paid, token)).status).toBe(200)
  expect(await state()).toBe('cancelled')
  // It is gone, and nothing goes back any more: what is told of it needs no sign-in.
  expectProblem(await leave(paid, old), 'illegal-transition')
  // A hold that is let go returns no money.
  expect((await leave(scene.stranger.orderId.replace('ord_', 'enr_'), hourOld('contract-stranger'))).status).toBe(200)
})
