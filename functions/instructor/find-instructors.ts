import type { Actor, Page } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { FoundInstructor } from '@skills/contract/instructors.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Level } from '@skills/contract/taxonomy.ts'
import type { Text } from '@skills/contract/text.ts'
import { dateAt, plusMinutes } from '@skills/contract/time.ts'
import { cardOf, qualified, teachesIn } from '@skills/core/instructor/instructor.ts'
import { readInstructors, teachersOf } from '@skills/core/instructor/instructor.table.ts'
import { judgeHours, weeksToJudge, type Wanted } from '@skills/core/instructor/judge-hours.ts'
import { inPlanSpan } from '@skills/core/scheduling/plan-span.ts'
import { readWeeks } from '@skills/core/scheduling/week.table.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'

interface Call {
  actor: Actor
  query: {
    trade?: string | undefined
    level?: Level | undefined
    region?: string | undefined
    startsAt?: string | undefined
    endsAt?: string | undefined
  }
  page: Page
}
type Found = z.infer<typeof FoundInstructor>

/**
 * Instructors who may be asked, a page of the list at a time (a page may hold fewer than were read). Only verified qualifications count, of those in force on the day that is asked about, or
 * today. Refuses `validation-failed` for hours with one end, ends the wrong way round, more than a day, or times that nobody plans.
 */
export async function findInstructors(world: World, { actor, query, page }: Call): Promise<{ items: Found[]; next: string | null }> {
  const hours = hoursOf(query, world.now())
  const on = dateAt(hours?.from ?? world.now())
  const ids = await teachersOf(world.table, query.trade ?? 'any', page)
  const items = await readInstructors(world.table, ids)
  // Who may not be asked at present can still be looked at by who verified her.
  const operates = actor.memberships.some(({ organizationId }) => organizationId === platformId)
  const fitting = items.flatMap((item) => {
    if (item === undefined || (!item.instructor.listed && !operates)) return []
    const { instructor } = item
    if (query.region !== undefined && !teachesIn(instructor, query.region)) return []
    return qualified(instructor, { trade: query.trade ?? null, level: query.level ?? null, on }) ? [instructor] : []
  })
  const mondays = hours === undefined ? [] : weeksToJudge([hours])
  const weeks = await readWeeks(
    world,
    fitting.flatMap(({ id }) => mondays.map((monday) => ({ resource: id, monday }))),
  )
  const found = fitting.map((instructor, place): Found => {
    const hers = weeks.slice(place * mondays.length, (place + 1) * mondays.length)
    const free = hours === undefined ? null : judgeHours(instructor, hers, [hours], world.now()).size === 0
    return { ...cardOf(instructor, on), free }
  })
  return { items: found, next: ids.length < page.limit ? null : (ids.at(-1) ?? null) }
}

const mostMinutes = 24 * 60
const wrongs = {
  both: { zh: '请同时填写开始和结束时间，结束晚于开始。', en: 'Give both a beginning and a later end.' },
  long: { zh: '一次最多查 24 小时。', en: 'Ask about 24 hours at most.' },
  far: { zh: '时间要在一年前到两年后之间。', en: 'Ask about times from a year ago until two years from now.' },
}

function hoursOf({ startsAt: from, endsAt: to, region }: Call['query'], now: string): Wanted | undefined {
  if (from === undefined && to === undefined) return undefined
  const wrong = (name: string, detail: Text) =>
    new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: `#/query/${name}`, code: 'out-of-range', detail }] })
  if (from === undefined || to === undefined || from >= to) throw wrong('endsAt', wrongs.both)
  if (!inPlanSpan(from, now)) throw wrong('startsAt', wrongs.far)
  if (!inPlanSpan(to, now)) throw wrong('endsAt', wrongs.far)
  if (to > plusMinutes(from, mostMinutes)) throw wrong('endsAt', wrongs.long)
  return { id: 'asked', from, to, place: region === undefined ? null : { venueId: region, region } }
}
