import { afterAll, beforeAll, describe } from 'vitest'
import { openHouse, type House } from './house.ts'
import { stepUp } from './step-up.journey.ts'

let opened: House
const house = () => opened
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

describe.skipIf(process.env['SITE_URL'] !== undefined)('signing in once more', () => stepUp(house))
