import { afterAll, beforeAll, describe, it } from 'vitest'
import { openHouse, type House } from './house.ts'
import { employerByKeyboard } from './keyboard-employer.journey.ts'
import { unionByKeyboard } from './keyboard-union.journey.ts'
import { moneyStates } from './money-states.journey.ts'
import { everyPage } from './pages.journey.ts'
import { expectBooksClean } from './whole-story.journey.ts'

/** `npm run test:pages`: what a browser must see once in a while, and not before every change: it takes four minutes more. */
let opened: House
const house = () => opened
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

const own = process.env['SITE_URL'] === undefined
describe.runIf(own)('the union console by keyboard', () => unionByKeyboard(house))
describe.runIf(own)('the employer console by keyboard', () => employerByKeyboard(house))
describe.runIf(own)('pages about money that have nothing to show yet', () => moneyStates(house))
describe('pages', () => everyPage(house, 'other'))
it.runIf(own)('after all of it the books are clean', async () => {
  await opened.drain()
  await expectBooksClean(opened)
})
