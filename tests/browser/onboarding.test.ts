import { afterAll, beforeAll, describe, it } from 'vitest'
import { openHouse, type House } from './house.ts'
import { onboarding } from './onboarding.journey.ts'
import { expectBooksClean } from './whole-story.journey.ts'

let opened: House
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

const own = process.env['SITE_URL'] === undefined
describe.runIf(own)('becoming a provider', () => onboarding(() => opened))
it.runIf(own)('after all of it the books are clean', async () => {
  await opened.drain()
  await expectBooksClean(opened)
})
