import type { Run } from '@skills/contract/catalog.ts'
import { describe, expect, it } from 'vitest'
import type { RunItem } from '../catalog/run-item.ts'
import type { SeatHead } from '../enrollment/seats.ts'
import type { Crew } from '../scheduling/crew.ts'
import { dashboardRun, dashboardTasks, runsAhead, toState } from './dashboard.ts'

const now = '2026-12-01T02:00:00.000Z'
const text = (zh: string) => ({ zh, en: zh })
function run(id: string, day: string, more: Partial<Run> = {}): RunItem {
  const meeting = {
    id: `mtg_${id}`,
    startsAt: `${day}T10:00:00.000Z`,
    endsAt: `${day}T12:00:00.000Z`,
    kind: 'classroom',
    venueId: null,
    room: null,
  }
  return {
    run: {
      ...{ id, name: text(id), state: 'registration-open', priceFen: 100, capacity: 10, meetings: [meeting] },
      ...{ opensAt: '2026-11-01T00:00:00.000Z', closesAt: '2026-11-02T00:00:00.000Z' },
      ...more,
    },
    title: text('课程'),
  } as unknown as RunItem
}
const heads = [{ free: 4, held: 1, sold: 5 } as SeatHead]
const crew = { assignments: [], rooms: [] } as unknown as Crew
const facts = (item: RunItem, planned = true) => ({ item, heads, crew: planned ? crew : undefined })

describe('the overview of a provider', () => {
  const [late, soon, over, cancelled] = [
    run('late', '2026-12-20'),
    run('soon', '2026-12-05'),
    run('over', '2026-11-20', { state: 'running' }),
    run('cancelled', '2026-12-10', { state: 'cancelled' }),
  ]
  const all = [late, soon, over, cancelled]

  it('lists what is to come, the earliest first, with its seats', () => {
    expect(runsAhead(all, now).map((item) => item.run.id)).toEqual(['soon', 'late'])
    expect(dashboardRun(facts(soon), now)).toMatchObject({ runId: 'soon', sold: 5, held: 1, free: 4, capacity: 10 })
  })

  it('asks for a statement of what is over by the clock, unless it was free', () => {
    expect(toState(all, now).map((item) => item.run.id)).toEqual(['over'])
    expect(toState([run('free', '2026-11-20', { state: 'running', priceFen: 0 })], now)).toEqual([])
  })

  it('says what waits, the most pressing first', () => {
    const tentative = { minimum: 8, decideAt: '2026-12-03T00:00:00.000Z', confirmedAt: null }
    const tasks = dashboardTasks(
      {
        ahead: [facts(run('few', '2026-12-09', { tentative })), facts(late, false)],
        over: [over],
        standing: {
          licenceUntil: '2027-06-30',
          scope: [
            { trade: 'barista', until: '2026-12-31' },
            { trade: 'pastry', until: null },
          ],
        },
      },
      now,
    )
    expect(tasks.map(({ kind }) => kind)).toEqual(['statement-due', 'minimum-missing', 'no-instructor', 'proof-ends'])
    expect(tasks[1]).toMatchObject({ taken: 5, minimum: 8 })
    expect(tasks[2]).toMatchObject({ runId: 'few', meetings: 1, asked: 0 })
    expect(tasks[3]).toMatchObject({ what: 'barista', until: '2026-12-31' })
  })
})
