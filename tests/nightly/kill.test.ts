import { expect, test } from 'vitest'
import { killStorm } from './kill-storm.ts'

test('killed in the middle of money and started again, the service loses nothing, does nothing twice and nothing by halves', async () => {
  const { kills, claims, paid, ...wrong } = await killStorm({ kills: 6, people: 8, seed: 7 })
  expect({ lost: wrong.lost, duplicated: wrong.duplicated, torn: wrong.torn, disagreed: wrong.disagreed, stuck: wrong.stuck }).toEqual({
    ...{ lost: [], duplicated: [], torn: [], disagreed: [], stuck: [] },
  })
  expect(kills).toBe(6)
  expect(claims).toBeGreaterThan(0)
  expect(paid).toBeGreaterThan(0)
}, 240_000)
