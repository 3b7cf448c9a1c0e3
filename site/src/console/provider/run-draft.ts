import type { Run, Venue } from '@skills/contract/catalog.ts'
import type { Pattern, PlannedMeeting, PolicyName, RunInput } from '@skills/contract/planning.ts'
import { clockAt, dateAt, instantOf } from '@skills/contract/time.ts'
import { fenOf, yuanOf } from '../fen.ts'

/** A meeting as its row holds it: Beijing date and clocks, and where it is as one choice (`venue|room`, or nothing). */
export interface MeetingDraft {
  id?: string | undefined
  date: string
  starts: string
  ends: string
  kind: PlannedMeeting['kind']
  place: string
  devices: string[]
}

export interface PatternDraft extends Omit<Pattern, 'venueId' | 'room' | 'devices'> {
  place: string
}

/** A run as its form holds it; its meetings stand beside it. */
export interface RunDraft {
  code?: string
  name: RunInput['name']
  capacity: number
  priceYuan: number
  opensAt: string
  closesAt: string
  cancelHours: number
  policy: PolicyName
  venueId: string
  region: string
  onHolidays: boolean
  tentative: boolean
  minimum?: number
  decideAt?: string
}

export const placeOf = (venueId: string | null, room: string | null) => (venueId === null ? '' : `${venueId}|${room ?? ''}`)
const partsOf = (place: string): { venueId: string | null; room: string | null } => {
  const [venueId = '', room = ''] = place.split('|')
  return { venueId: venueId === '' ? null : venueId, room: room === '' ? null : room }
}

/** The next civil date. */
const dayAfter = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** A row of a planned meeting. */
export function rowOf({ id, startsAt, endsAt, kind, venueId, room, devices }: PlannedMeeting): MeetingDraft {
  return { id, date: dateAt(startsAt), starts: clockAt(startsAt), ends: clockAt(endsAt), kind, place: placeOf(venueId, room), devices }
}

/** The meeting of a row; one that ends before it begins ends on the next day. Online meetings take no place. */
function meetingOf({ id, date, starts, ends, kind, place, devices }: MeetingDraft): PlannedMeeting {
  const online = kind === 'live' || kind === 'video'
  return {
    ...(id === undefined ? {} : { id }),
    startsAt: instantOf(date, starts),
    endsAt: instantOf(ends > starts ? date : dayAfter(date), ends),
    kind,
    ...(online ? { venueId: null, room: null, devices: [] } : { ...partsOf(place), devices }),
  }
}

/** A pattern as it is sent. */
export function patternOf({ place, kind, ...rest }: PatternDraft): Pattern {
  const online = kind === 'live' || kind === 'video'
  return { ...rest, kind, ...(online ? { venueId: null, room: null } : partsOf(place)), devices: [] }
}

/** What is sent of a run. */
export function runOf(draft: RunDraft, meetings: readonly MeetingDraft[], venues: readonly Venue[]): RunInput {
  const { name, opensAt, closesAt, capacity, policy, onHolidays } = draft
  const venue = venues.find(({ id }) => id === draft.venueId)
  return {
    ...{ name, opensAt, closesAt, capacity, policy, onHolidays },
    priceFen: fenOf(draft.priceYuan),
    cancelUntilMinutes: Math.round(draft.cancelHours * 60),
    region: venue?.region ?? draft.region,
    venueId: venue?.id ?? null,
    tentative: draft.tentative ? { minimum: draft.minimum ?? 1, decideAt: draft.decideAt ?? closesAt } : null,
    meetings: meetings.filter(({ date, starts, ends }) => date && starts && ends).map(meetingOf),
  }
}

/** The form of a run that is there. */
export function draftOfRun(run: Run, policy: PolicyName | null): RunDraft {
  const { name, capacity, priceFen, opensAt, closesAt, cancelUntilMinutes, venueId, region, tentative } = run
  return {
    ...{ name, capacity, opensAt, closesAt, region },
    priceYuan: yuanOf(priceFen),
    cancelHours: cancelUntilMinutes / 60,
    policy: policy ?? 'standard',
    venueId: venueId ?? '',
    onHolidays: false,
    tentative: tentative !== undefined,
    ...(tentative === undefined ? {} : { minimum: tentative.minimum, decideAt: tentative.decideAt }),
  }
}
