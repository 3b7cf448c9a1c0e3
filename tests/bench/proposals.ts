import { hoursSteps } from '@skills/core/scheduling/week.table.ts'
import { transact } from '@skills/core/transact.ts'
import { proposalsStory } from '@skills/functions/instructor/propose-instructors.ts'
import { makeTeacher, managerOf, profile } from '../instructor/instructor-scene.ts'
import { makeDraft } from '../instructor/request-scene.ts'
import { startTable } from '../test-table.ts'
import { seeded, testWorld } from '../test-world.ts'
import { ms, quantile, type Figure } from './measure.ts'

const size = { instructors: 300, rounds: 120 }
const busy = { from: '2026-12-16T10:00:00.000Z', to: '2026-12-16T12:00:00.000Z' }
const regions = ['460100', '460200', '460400', '469002']

/**
 * What a planner waits for: `GET /runs/{runId}/instructors` for one meeting, its whole story on the real engine, with 300 instructors of the trade in its list, half of them with hours given away. Each
 * round asks for another meeting.
 */
export async function benchProposals(): Promise<Figure[]> {
  const started = await startTable('proposals')
  try {
    const world = testWorld(started.table, '2026-12-01T02:00:00.000Z')
    const random = seeded(7)
    const trade = 'cook'
    const any = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
    const teachers = []
    for (let place = 0; place < size.instructors; place += 1)
      teachers.push(
        await makeTeacher(world, { qualifications: [{ trade }], profile: { ...profile, regions: ['460000'], baseRegion: any(regions) } }),
      )
    for (const { instructorId } of teachers.filter((_, place) => place % 2 === 0)) {
      const id = world.id('booking')
      const booking = {
        id,
        meetingId: id,
        runId: id,
        providerId: id,
        from: busy.from,
        to: busy.to,
        place: null,
        state: 'booked',
        until: null,
      } as const
      const { steps } = await hoursSteps(world, [{ kind: 'take', resource: instructorId, booking, bounds: {} }])
      await transact(world, undefined, steps, null)
    }
    const [first, next]: [number[], number[]] = [[], []]
    for (let round = 0; round < size.rounds; round += 1) {
      const date = `2026-12-${String(14 + (round % 5)).padStart(2, '0')}`
      const item = await makeDraft(world, { trade, times: [{ date, from: '18:00', to: '20:00' }] })
      const call = { actor: managerOf(item.run.providerId), params: { runId: item.run.id }, query: { meeting: item.run.meetings[0]?.id } }
      // A process that was asked nothing for a while, and the same one at the planner's next meeting.
      const propose = proposalsStory(world)
      for (const took of [first, next]) {
        const began = performance.now()
        const { proposals } = await propose(call)
        if (round >= 10) took.push(performance.now() - began)
        if (proposals.length !== 200) throw new Error(`${proposals.length} proposals`)
      }
    }
    const [cold, warm] = [first, next].map((took) => took.sort((a, b) => a - b)) as [number[], number[]]
    const both = (took: number[]) => `${ms(quantile(took, 0.5))} / ${ms(quantile(took, 0.95))}`
    return [
      {
        what: 'instructors proposed for one meeting by the route’s story on the real engine, 300 of its trade, half of them busy: p50 / p95',
        value: both(warm),
        aim: 'p95 < 100 ms',
        holds: quantile(warm, 0.95) < 100,
      },
      { what: 'the same by a process that knows no instructor yet: p50 / p95', value: both(cold) },
    ]
  } finally {
    await started.stop()
  }
}
