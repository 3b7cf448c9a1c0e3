import { afterAll, beforeAll, describe } from 'vitest'
import { instructorConsole } from './console-instructor.journey.ts'
import { openHouse, type House } from './house.ts'

let opened: House
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

describe.skipIf(process.env['SITE_URL'] !== undefined)('the instructor console', () => instructorConsole(() => opened))
