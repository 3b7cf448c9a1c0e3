import { afterAll, beforeAll, describe } from 'vitest'
import { openHouse, type House } from './house.ts'
import { providerConsole } from './provider.journey.ts'

let opened: House
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

describe.runIf(process.env['SITE_URL'] === undefined)('the provider console', () => providerConsole(() => opened))
