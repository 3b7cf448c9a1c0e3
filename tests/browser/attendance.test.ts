import { afterAll, beforeAll, describe } from 'vitest'
import { attendance } from './attendance.journey.ts'
import { openHouse, type House } from './house.ts'

let opened: House
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

describe.skipIf(process.env['SITE_URL'] !== undefined)('attendance', () => attendance(() => opened))
