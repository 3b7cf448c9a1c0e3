import { plusMinutes } from '@skills/contract/time.ts'
import { confirmed, countingProofs, proofsOf, type Evidence } from './evidence.ts'
import type { AttendanceRule } from './rule.ts'

/** A mid-class check: everybody who is there answers it while it is open. */
export interface Check {
  id: string
  at: string
  until: string
}

interface Times {
  startsAt: string
  endsAt: string
}
type Span = [from: string, to: string]

/** What a meeting's evidence comes to. */
export interface Presence {
  /** Whole minutes that count. */
  minutes: number
  /** Minutes after the beginning and before the end; null where nothing counts. */
  lateMinutes: number | null
  earlyMinutes: number | null
  /** What is missing for the rest. */
  missing: ('arrival' | 'leaving' | 'check' | 'confirmation')[]
  /** A scan says that she was there and a confirmed correction that she was not: both stay, and people are shown it. */
  conflict: boolean
}

/**
 * How long somebody was in a meeting, by what was shown. Time between two proofs counts, but not from a check that she did not answer to her next proof; after the last
 * proof nothing counts, so who does not check out counts until she was last seen. Within the grace she counts as punctual. Confirmed corrections
 * come on top in the order of their confirmation.
 */
export function presence(meeting: Times, checks: readonly Check[], evidence: readonly Evidence[], rule: AttendanceRule): Presence {
  const proofs = countingProofs(evidence)
  const all = proofsOf(evidence)
  const missing = new Set<Presence['missing'][number]>()
  let spans: Span[] = []
  let here: string | undefined
  for (const { kind, at } of proofs) {
    if (here !== undefined) {
      const since = here
      const missed = checks.find((check) => check.at > since && check.until < at)
      if (missed !== undefined) missing.add('check')
      spans.push([since, missed?.at ?? at])
    }
    here = kind === 'out' ? undefined : at
  }
  if (all.length > proofs.length) missing.add('confirmation')
  if (here !== undefined) missing.add('leaving')
  if (all.length === 0) missing.add('arrival')
  spans = clip(meeting, punctual(meeting, merge(spans), rule))
  const corrections = confirmed(evidence)
  for (const { present, from, to } of corrections) spans = present ? merge([...spans, [from, to]]) : without(spans, from, to)
  spans = clip(meeting, spans)
  if (corrections.some(({ present }) => present)) missing.clear()
  const [first, last] = [spans[0], spans.at(-1)]
  return {
    minutes: Math.floor(spans.reduce((sum, [from, to]) => sum + minutesBetween(from, to), 0)),
    lateMinutes: first === undefined ? null : Math.floor(minutesBetween(meeting.startsAt, first[0])),
    earlyMinutes: last === undefined ? null : Math.floor(minutesBetween(last[1], meeting.endsAt)),
    missing: [...missing],
    conflict: proofs.some(({ at }) => corrections.some(({ present, from, to }) => !present && at >= from && at <= to)),
  }
}

/** Minutes of a meeting. */
export function meetingMinutes({ startsAt, endsAt }: Times): number {
  return Math.floor(minutesBetween(startsAt, endsAt))
}

const minutesBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000

/** The first span begins with the meeting where she came within the grace; the last one ends with it likewise. */
function punctual({ startsAt, endsAt }: Times, spans: readonly Span[], { lateGraceMinutes, earlyGraceMinutes }: AttendanceRule): Span[] {
  return spans.map(([from, to], place): Span => [
    place === 0 && from <= plusMinutes(startsAt, lateGraceMinutes) ? startsAt : from,
    place === spans.length - 1 && to >= plusMinutes(endsAt, -earlyGraceMinutes) ? endsAt : to,
  ])
}

function clip({ startsAt, endsAt }: Times, spans: readonly Span[]): Span[] {
  return spans.flatMap(([from, to]): Span[] => {
    const [a, b] = [from < startsAt ? startsAt : from, to > endsAt ? endsAt : to]
    return a < b ? [[a, b]] : []
  })
}

function merge(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const [from, to] of [...spans].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const last = out.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = to > last[1] ? to : last[1]
    else out.push([from, to])
  }
  return out
}

function without(spans: readonly Span[], from: string, to: string): Span[] {
  return spans.flatMap(([a, b]): Span[] => [[a, b < from ? b : from] as Span, [a > to ? a : to, b] as Span].filter(([x, y]) => x < y))
}
