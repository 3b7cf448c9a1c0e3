import { afterAll, beforeAll, describe, it } from 'vitest'
import { openHouse, type House } from './house.ts'
import { lateMoney } from './late-money.journey.ts'
import { expectBooksClean, wholeStory } from './whole-story.journey.ts'

let opened: House
const house = () => opened
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

const own = process.env['SITE_URL'] === undefined
describe.runIf(own)('the whole story of money', () => wholeStory(house))
describe.runIf(own)('money that comes late or goes away again', () => lateMoney(house))
it.runIf(own)('after all of it the books are clean', async () => {
  await opened.drain()
  await expectBooksClean(opened)
})
