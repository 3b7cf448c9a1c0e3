import type { Instructor, InstructorCard, Qualification } from '@skills/contract/instructor.ts'
import { levels, type Level } from '@skills/contract/taxonomy.ts'
import type { History } from '../audit.ts'
import type { Bounds } from '../scheduling/week.ts'
import { travelMinutes } from './travel.ts'

/** An instructor as the table holds her: her own, of no provider. One item with a version, so that whoever asks for her hours judges what stands. */
export interface InstructorItem extends History {
  personId: string
  /** The name of its audit chain: her id. */
  entity: string
  instructor: Instructor
}

/** What a meeting asks of who teaches it: the trade of its course (null: none), the level, and the civil date. */
export interface Demand {
  trade: string | null
  level: Level | null
  on: string
}

/** Whether a qualification answers a demand, apart from its date: verified, of that trade, of that level or a higher one. */
export function answers({ trade, level, state }: Qualification, demand: Omit<Demand, 'on'>): boolean {
  if (state !== 'verified' || trade !== demand.trade) return false
  return demand.level === null || (level !== null && levels.indexOf(level) >= levels.indexOf(demand.level))
}

/**
 * Whether somebody may teach on a day: a verified qualification of the trade, at least of the level, that has not expired on that day. A course of no trade
 * (a completion course) asks for none.
 */
export function qualified({ qualifications }: Pick<Instructor, 'qualifications'>, demand: Demand): boolean {
  if (demand.trade === null) return true
  return qualifications.some((one) => answers(one, demand) && (one.until === null || demand.on <= one.until))
}

/** Whether a region is one of those where she teaches; a province (`460000`) stands for all that lies in it. */
export function teachesIn({ regions }: Pick<Instructor, 'regions'>, region: string): boolean {
  return regions.some((one) => one === region || (one.endsWith('0000') && one.slice(0, 2) === region.slice(0, 2)))
}

/** What binds her hours beside themselves: her cap over all providers, and the way from place to place. */
export function boundsOf({ weeklyMinutes }: Pick<Instructor, 'weeklyMinutes'>): Bounds {
  return { weeklyMinutes, travel: travelMinutes }
}

/** What providers may see of her: verified qualifications that have not expired by a date, and nothing of her hours. */
export function cardOf(
  { id, name, about, kinds, regions, baseRegion, feeFenPerHour, languages, qualifications }: Instructor,
  today: string,
): InstructorCard {
  const shown = qualifications.filter(({ state, until }) => state === 'verified' && (until === null || today <= until))
  return {
    id,
    name,
    about,
    kinds,
    regions,
    baseRegion,
    feeFenPerHour,
    languages,
    qualifications: shown.map(({ id: qualificationId, trade, level, until }) => ({ id: qualificationId, trade, level, until })),
  }
}
