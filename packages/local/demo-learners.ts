import { join } from 'node:path'
import type { createClient } from '@skills/contract/client.ts'
import type { CatalogIndex, CourseRows, CourseSnapshot, RunRow } from '@skills/contract/snapshot.ts'
import type { Cloud } from './cloud.ts'
import type { DemoPerson } from './demo-people.ts'
import { readKept } from './kept-file.ts'

/** How many seats are left in each of the runs that the demo's learners fill: nearly full, nearly full, sold out. */
const seatsLeft = [3, 1, 0]
const largestRun = 25
const atOnce = 4

type Profile = NonNullable<DemoPerson['profile']>

/**
 * On the first start invented learners claim seats in a few small runs, through the API like everybody, so that the storefront shows what nearly
 * full and sold out look like. `fill` gives a learner consent and profile, `as` is the client that acts for one.
 */
export async function takeDemoSeats(
  cloud: Cloud,
  fill: (sub: string, profile: Profile) => Promise<void>,
  as: (sub: string) => ReturnType<typeof createClient>,
): Promise<void> {
  const claims = smallRuns(cloud).flatMap((run, place) =>
    Array.from({ length: Math.max(0, run[6] - (seatsLeft[place] ?? 0)) }, (_, seat) => ({ runId: run[0], number: place * 100 + seat })),
  )
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let claim = claims.pop(); claim !== undefined; claim = claims.pop()) {
        const sub = `demo-learner-${claim.number}`
        await fill(sub, learnerProfile(claim.number))
        const outcome = await as(sub).call('claimSeat', { params: { runId: claim.runId }, body: {} })
        if (!outcome.ok) throw new Error(`a demo learner was refused a seat: ${outcome.problem.code}`)
      }
    }),
  )
}

/** Small runs that are open now, free, without entry conditions, each of another course. */
function smallRuns(cloud: Cloud): RunRow[] {
  const read = <T>(name: string) => readKept<T | undefined>(join(cloud.siteFolder, 'catalog', name), undefined)
  const now = new Date().toISOString()
  const rows = (read<CatalogIndex>('index.json')?.rows ?? []).flatMap(({ file }) => read<CourseRows>(file)?.rows ?? [])
  return rows
    .flatMap(({ id, r }) => {
      const run = r.find(([, opens, closes, , , price, capacity]) => opens <= now && now < closes && price === 0 && capacity <= largestRun)
      return run !== undefined && read<CourseSnapshot>(`courses/${id}.json`)?.course.conditions.length === 0 ? [run] : []
    })
    .slice(0, seatsLeft.length)
}

/** An invented person: area 990002 does not exist, the check digit (GB 11643) is right. */
function learnerProfile(number: number): Profile {
  const digits = `990002${1970 + (number % 30)}0615${String(100 + number).padStart(3, '0')}`
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0)
  return {
    realName: '演示学员',
    residentId: `${digits}${'10X98765432'[sum % 11]}`,
    mobile: `1990001${String(number).padStart(4, '0')}`,
    region: '460100',
    employmentKind: 'employee',
    education: 'senior-middle',
  }
}
