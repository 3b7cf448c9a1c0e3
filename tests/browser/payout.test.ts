import { afterAll, beforeAll, describe } from 'vitest'
import { openHouse, type House } from './house.ts'
import { payoutConsole } from './console-payout.journey.ts'

let opened: House
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

describe.runIf(process.env['SITE_URL'] === undefined)('the payouts of the provider console', () => payoutConsole(() => opened))
