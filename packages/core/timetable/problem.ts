import type { Constraint } from '@skills/contract/timetable.ts'
import { levels, type Level } from '@skills/contract/taxonomy.ts'
import type { Place } from '../scheduling/week.ts'

/** Hours from one instant until another; the end is not part of them. */
export interface Hours {
  from: string
  to: string
}

/** Where a meeting is: in any of these rooms that fits, at a place without a room to be found, or nowhere that somebody has to go to. */
type Where = { kind: 'room'; roomIds: readonly string[] } | { kind: 'place'; place: Place } | { kind: 'online' }

/** A meeting that wants hours, a room and instructors. Meetings of one run are given in their order. */
export interface TimetableMeeting {
  id: string
  runId: string
  trade: string | null
  level: Level | null
  /** How many instructors it needs. */
  instructors: number
  /** How many learners its room must hold. */
  seats: number
  equipment: readonly string[]
  where: Where
  /** Hours it may have; one pair means that they are fixed. */
  windows: readonly Hours[]
  /** Instructors who teach this run already and are kept where that can be. */
  keeps: readonly string[]
}

/** What somebody may teach, until the end of a civil date. A level covers those below it; none covers only meetings that ask for none. */
export interface Skill {
  trade: string
  level: Level | null
  until: string
}

export interface TimetableInstructor {
  id: string
  skills: readonly Skill[]
  /** When she teaches at all, already without her days off. */
  available: readonly Hours[]
  /** Hours that are given away, with their place where she has to be there. */
  busy: readonly (Hours & { place: Place | null })[]
  /** Most minutes in a week from Monday in Beijing, all providers together; null without a limit. */
  weeklyMinutes: number | null
  /** Where she sets out. */
  base: Place
  /** Regions she goes to; null: all. */
  regions: readonly string[] | null
}

export interface TimetableRoom {
  /** As weeks name it. */
  id: string
  place: Place
  capacity: number
  equipment: readonly string[]
  /** Null: always. */
  open: readonly Hours[] | null
  busy: readonly Hours[]
}

export interface TimetableProblem {
  meetings: readonly TimetableMeeting[]
  instructors: readonly TimetableInstructor[]
  rooms: readonly TimetableRoom[]
  /** Hours given away are known until here, so that nothing is proposed beyond. */
  knownUntil: string
  /** Civil dates in China on which nothing is held. */
  closed: readonly string[]
  /** Minutes from one place to another. */
  travel: (from: Place, to: Place) => number
}

export interface Placed extends Hours {
  meetingId: string
  roomId: string | null
  instructorIds: string[]
}

/** A meeting without a place. Lifting all of `blockedBy` would make room for it, lifting fewer of them would not. */
export interface Unplaced {
  meetingId: string
  blockedBy: Constraint[]
  /** For each constraint, how many of the instructors it excludes at the meeting's first hours; each is counted at the first that does. */
  excluded: Partial<Record<Constraint, number>>
  /** The nearest hours of the same length, beside this timetable, at which it could be held. */
  freeAt: Hours | null
}

export interface Timetable {
  placed: Placed[]
  unplaced: Unplaced[]
  /** Minutes that the instructors travel for these meetings: from their base, between meetings of a day, and back. */
  travelMinutes: number
  /** How many more instructors the runs have than each of their meetings needs. */
  changes: number
  /** Whether the search ended because it was told to. What is placed holds all the same. */
  stoppedEarly: boolean
}

/** Whether a skill covers a meeting on a civil date. */
export function covers(skill: Skill, { trade, level }: Pick<TimetableMeeting, 'trade' | 'level'>, date: string): boolean {
  if (skill.trade !== trade || skill.until < date) return false
  return level === null || (skill.level !== null && levels.indexOf(skill.level) >= levels.indexOf(level))
}
