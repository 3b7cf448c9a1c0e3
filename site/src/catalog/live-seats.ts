import type { Seats } from '@skills/contract/catalog.ts'
import { api } from '../api.ts'
import { pageLanguage } from '../language.ts'
import { seatMeter } from './seats.ts'

/** Asks for the seats of the runs shown inside `root` and redraws their meters in place. Silent when it cannot: the published numbers stay. */
export async function showLiveSeats(root: ParentNode): Promise<Seats[]> {
  const meters = [...root.querySelectorAll<HTMLElement>('.seats[data-run]')]
  const runs = [...new Set(meters.map((meter) => meter.dataset['run'] ?? ''))]
  if (runs.length === 0) return []
  const known: Seats[] = []
  for (let from = 0; from < runs.length; from += 60) {
    const answer = await api.call('getSeats', { query: { runs: runs.slice(from, from + 60).join(',') } }).catch(() => undefined)
    if (answer?.ok) known.push(...answer.value.seats)
  }
  for (const meter of meters) {
    const seats = known.find((one) => one.runId === meter.dataset['run'])
    if (seats) meter.outerHTML = seatMeter(seats.runId, seats.free, seats.capacity, seats.registration, pageLanguage()).text
  }
  return known
}
