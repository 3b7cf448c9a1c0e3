import { createHash } from 'node:crypto'
import type { Instructor } from '@skills/contract/instructor.ts'
import type { Obstacle, WantedMeeting } from './obstacle.ts'
import { regionMinutes } from './travel.ts'

/** An instructor beside meetings of a run: what the order is made of, and what stands in the way. */
export interface Proposal {
  instructor: Instructor
  /** The longest way from where she lives to one of the meetings; null where nobody has to travel. */
  travelMinutes: number | null
  /** Her fee for all of the meetings, fen, by her price an hour. */
  feeFen: number
  obstacles: ReadonlyMap<string, Obstacle>
}

/** Minutes of the longest way from an instructor's base to meetings, by the table of regions; null where all are online. */
export function wayTo({ baseRegion }: Pick<Instructor, 'baseRegion'>, meetings: readonly WantedMeeting[]): number | null {
  const ways = meetings.flatMap(({ place }) => (place === null ? [] : [regionMinutes(baseRegion, place.region)]))
  return ways.length === 0 ? null : Math.max(...ways)
}

/** Her fee for meetings in fen: minutes by her price an hour, each meeting rounded up to a fen. */
export function feeFor({ feeFenPerHour }: Pick<Instructor, 'feeFenPerHour'>, meetings: readonly WantedMeeting[]): number {
  return meetings.reduce((sum, { from, to }) => sum + Math.ceil((feeFenPerHour * (Date.parse(to) - Date.parse(from))) / 3_600_000), 0)
}

/**
 * The order in which instructors are proposed, reproducible from what the answer shows: fewest obstacles, shortest way, lowest fee, and last the SHA-256 of run and instructor, so that nobody
 * is first everywhere. Nothing can be paid for a place in it.
 */
export function inOrder<T extends Proposal>(proposals: readonly T[], runId: string): T[] {
  const drawn = new Map(proposals.map((one) => [one, draw(runId, one.instructor.id)]))
  const key = (one: T) => [one.obstacles.size, one.travelMinutes ?? 0, one.feeFen] as const
  return proposals.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)]
    const place = left.findIndex((value, at) => value !== right[at])
    if (place >= 0) return (left[place] ?? 0) - (right[place] ?? 0)
    return (drawn.get(a) ?? '') < (drawn.get(b) ?? '') ? -1 : 1
  })
}

const draw = (runId: string, instructorId: string) => createHash('sha256').update(`${runId} ${instructorId}`).digest('hex')
