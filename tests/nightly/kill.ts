import { synthesize } from '../synthesize.ts'
import { killStorm } from './kill-storm.ts'

/** `npm run test:kill [-- kills]`: kills the service 150 times (or as often as said) in the middle of money, and says what came of it. */
synthesize()
const kills = Number(process.argv[2] ?? 150)
const { lost, duplicated, torn, disagreed, stuck, ...counts } = await killStorm({ kills, people: 24, seed: 1 })
const wrong = { lost, duplicated, torn, disagreed, stuck }
console.log(JSON.stringify(counts))
for (const [what, found] of Object.entries(wrong))
  console.log(
    `${what}: ${found.length}${found
      .slice(0, 10)
      .map((one) => `\n  ${one}`)
      .join('')}`,
  )
process.exit(Object.values(wrong).every((found) => found.length === 0) ? 0 : 1)
