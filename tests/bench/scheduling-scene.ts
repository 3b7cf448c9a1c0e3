import type { TimetableInstructor, TimetableMeeting, TimetableProblem, TimetableRoom } from '@skills/core/timetable/problem.ts'
import { holidayCalendars } from '@skills/core/order/working-days.ts'
import { plusDays } from '@skills/core/order/civil-date.ts'
import { instantOf } from '@skills/contract/time.ts'
import { seeded } from '../test-world.ts'

/** Towns of Hainan and rough minutes by road between them, at about 60 km/h; only for load. */
const towns = ['460100', '460200', '460400', '469002', '469005', '469006']
const roads = [
  [0, 250, 130, 90, 70, 130],
  [250, 0, 220, 160, 220, 110],
  [130, 220, 0, 180, 180, 220],
  [90, 160, 180, 0, 60, 50],
  [70, 220, 180, 60, 0, 100],
  [130, 110, 220, 50, 100, 0],
]
const weights = [8, 5, 2, 2, 1, 1]
const trades = Array.from({ length: 12 }, (_, place) => `trade-${place}`)
const month = { from: '2027-04-01', days: 30 }

/** A month of many providers: towns, venues with rooms, instructors who are partly taken, runs of evenings and weekends, half of them with other hours to choose. */
export function schedulingScene(seed: number, { instructors, meetings }: { instructors: number; meetings: number }): TimetableProblem {
  const draw = drawing(seed)
  const rooms = Array.from({ length: 24 }, (_, venue) => roomsOf(draw, venue)).flat()
  return {
    instructors: Array.from({ length: instructors }, (_, number) => instructor(draw, number)),
    rooms,
    meetings: runsOf(draw, rooms, meetings),
    knownUntil: instantOf(plusDays(month.from, month.days + 1), '00:00'),
    closed: holidayCalendars.flatMap(({ off }) => off.flatMap(([from, until]) => datesFrom(from, until))),
    travel: (from, to) => roads[towns.indexOf(from.region)]?.[towns.indexOf(to.region)] || (from.venueId === to.venueId ? 0 : 25),
  }
}

interface Draw {
  /** A whole number from 0 below `most`. */
  below: (most: number) => number
  /** A place, the first ones more often. */
  early: (most: number) => number
  heavy: (weights: readonly number[]) => number
}

function drawing(seed: number): Draw {
  const next = seeded(seed)
  return {
    below: (most) => Math.floor(next() * most),
    early: (most) => Math.floor(next() * next() * most),
    heavy: (list) => {
      let left = next() * list.reduce((sum, weight) => sum + weight, 0)
      return Math.max(
        0,
        list.findIndex((weight) => (left -= weight) < 0),
      )
    },
  }
}

const pick = <T>(draw: Draw, list: readonly T[]): T => list[draw.below(list.length)] as T
const hours = (date: string, from: string, to: string) => ({ from: instantOf(date, from), to: instantOf(date, to) })
const dateOf = (day: number) => plusDays(month.from, day)
/** 0 is Sunday. */
const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay()
const datesFrom = (from: string, until: string): string[] => (from > until ? [] : [from, ...datesFrom(plusDays(from, 1), until)])

function roomsOf(draw: Draw, venue: number): TimetableRoom[] {
  const place = { venueId: `ven_${venue}`, region: towns[draw.heavy(weights)] as string }
  return [20, 30, 50].map((capacity, room) => ({
    id: `ven_${venue}#room#${room}`,
    place,
    capacity,
    equipment: room === 0 ? trades.filter((_, trade) => (trade + venue) % 3 === 0) : [],
    open: Array.from({ length: month.days }, (_, day) => hours(dateOf(day), '08:00', '22:00')),
    busy: Array.from({ length: 8 }, () => hours(dateOf(draw.below(month.days)), '18:00', '20:00')),
  }))
}

function instructor(draw: Draw, number: number): TimetableInstructor {
  const home = draw.heavy(weights)
  const base = { venueId: `home_${number}`, region: towns[home] as string }
  const fullTime = draw.below(10) < 3
  const off = draw.below(7)
  const evenings = new Set(Array.from({ length: 3 }, () => draw.below(7)))
  const available = Array.from({ length: month.days }, (_, day) => dateOf(day)).flatMap((date) => {
    const weekday = weekdayOf(date)
    if (fullTime) return weekday === off ? [] : [hours(date, '08:00', '21:30')]
    return evenings.has(weekday) ? [weekday % 6 === 0 ? hours(date, '08:00', '18:00') : hours(date, '17:30', '21:30')] : []
  })
  return {
    id: `ins_${number}`,
    skills: Array.from({ length: 1 + draw.below(2) }, () => ({
      trade: pick(draw, trades),
      level: pick(draw, ['level-4', 'level-3', 'level-2'] as const),
      until: draw.below(10) === 0 ? '2027-04-15' : '2028-12-31',
    })),
    available,
    busy: Array.from({ length: fullTime ? 10 : 3 }, () => ({
      ...(draw.below(2) === 0
        ? hours(dateOf(draw.below(month.days)), '18:00', '20:00')
        : hours(dateOf(draw.below(month.days)), '09:00', '12:00')),
      place: { venueId: `ven_${draw.below(24)}`, region: base.region },
    })),
    weeklyMinutes: fullTime ? 1200 : pick(draw, [240, 360, 480]),
    base,
    regions: towns.filter((region, town) => region === base.region || (roads[home]?.[town] ?? 0) <= 130),
  }
}

/** Runs of four to twelve meetings until there are enough. */
function runsOf(draw: Draw, rooms: readonly TimetableRoom[], count: number): TimetableMeeting[] {
  const meetings: TimetableMeeting[] = []
  for (let run = 0; meetings.length < count; run += 1) {
    const lessons = Math.min(4 + draw.below(9), count - meetings.length)
    const { place } = pick(draw, rooms)
    const trade = trades[draw.early(trades.length)] as string
    const level = pick(draw, ['level-4', 'level-4', 'level-3'] as const)
    const seats = pick(draw, [16, 24, 24, 40])
    const moves = draw.below(2) === 0
    const practice = seats <= 20 && draw.below(2) === 0 && Number(place.venueId.slice(4)) % 3 === (3 - (trades.indexOf(trade) % 3)) % 3
    for (const date of datesOfRun(draw, lessons))
      meetings.push({
        id: `mtg_${meetings.length}`,
        runId: `run_${run}`,
        trade,
        level,
        instructors: practice ? 2 : 1,
        seats,
        equipment: practice ? [trade] : [],
        where: { kind: 'room', roomIds: rooms.filter((room) => room.place.venueId === place.venueId).map(({ id }) => id) },
        windows: [date, ...(moves ? [plusDays(date, 1)] : [])].map((day) =>
          weekdayOf(day) % 6 === 0 ? hours(day, '09:00', '12:00') : hours(day, '18:00', '20:00'),
        ),
        keeps: [],
      })
  }
  return meetings
}

/** Dates of a run: two or three fixed days of the week from some day of the month, each at least two days after the one before. */
function datesOfRun(draw: Draw, lessons: number): string[] {
  const days = pick(draw, [
    [1, 3, 5],
    [2, 4],
    [2, 4, 6],
    [6, 1, 3],
    [0, 3],
  ])
  const all = Array.from({ length: month.days }, (_, day) => dateOf(day)).filter((date) => days.includes(weekdayOf(date)))
  const most = Math.max(0, all.length - lessons)
  const first = draw.below(most + 1)
  return all.slice(first, first + lessons)
}
