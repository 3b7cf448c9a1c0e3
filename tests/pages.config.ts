import usual from './vitest.config.ts'

/** The journeys that are not part of every run: both consoles by keyboard alone, states of pages, the other looks of every page. */
export default { ...usual, test: { ...usual.test, include: ['tests/browser/*.long.ts'] } }
