import { afterAll, beforeAll, describe } from 'vitest'
import { instructorConsole } from './console-instructor.journey.ts'
import { payoutConsole } from './console-payout.journey.ts'
import { timetableConsole } from './console-timetable.journey.ts'
import { openHouse, type House } from './house.ts'
import { messages } from './messages.journey.ts'
import { learners } from './learners.journey.ts'
import { onboarding } from './onboarding.journey.ts'
import { people } from './people.journey.ts'
import { providerConsole } from './provider.journey.ts'
import { quality } from './quality.journey.ts'
import { ratings } from './ratings.journey.ts'
import { stepUp } from './step-up.journey.ts'
import { supplyStory } from './supply-story.journey.ts'

let opened: House
const house = () => opened
beforeAll(async () => {
  opened = await openHouse()
}, 300_000)
afterAll(async () => {
  await opened?.stop()
})

const own = process.env['SITE_URL'] === undefined
// First: it proposes among all instructors and rooms, and the journeys after it book some.
describe.runIf(own)('timetables', () => timetableConsole(house))
describe.runIf(own)('the instructor console', () => instructorConsole(house))
describe.runIf(own)('notices and messages', () => messages(house))
describe.runIf(own)('complaints, quality and sanctions', () => quality(house))
describe.runIf(own)('learners, and what operators look at', () => learners(house))
// One story from an application to a statement. Weeks pass in it, so what needs the demo's runs comes before; it looks at the books at its end, so what writes below the API comes after.
describe.runIf(own)('becoming a provider', () => onboarding(house))
describe.runIf(own)('an evening series', () => {
  const series = providerConsole(house)
  supplyStory(house, series)
})
describe.runIf(own)('the payouts of the provider console', () => payoutConsole(house))
describe.runIf(own)('ratings', () => ratings(house))
describe.runIf(own)('who acts for an organization', () => people(house))
describe.runIf(own)('signing in once more', () => stepUp(house))
