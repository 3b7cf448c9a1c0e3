import { afterAll, beforeAll, describe } from 'vitest'
import { claiming } from './claim.journey.ts'
import { employerConsole } from './console-employer.journey.ts'
import { unionConsole } from './console-union.journey.ts'
import { openHouse, type House } from './house.ts'
import { money } from './money.journey.ts'
import { newcomer } from './newcomer.journey.ts'
import { everyPage } from './pages.journey.ts'
import { reading } from './reading.journey.ts'
import { refusals } from './refusals.journey.ts'
import { register } from './register.journey.ts'

let opened: House
const house = () => opened
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

describe('claiming a seat', () => claiming(house))
describe('a newcomer', () => newcomer(house))
describe.skipIf(process.env['SITE_URL'] !== undefined)('money', () => money(house))
describe.skipIf(process.env['SITE_URL'] !== undefined)('the union console', () => unionConsole(house))
describe.skipIf(process.env['SITE_URL'] !== undefined)('the employer console', () => employerConsole(house))
describe.skipIf(process.env['SITE_URL'] !== undefined)('the register of unions', () => register(house))
describe('refusals', () => refusals(house))
describe('reading', () => reading(house))
describe('pages', () => everyPage(house, 'usual'))
