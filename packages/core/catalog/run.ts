import type { Run, RunState } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'

const steps: Record<RunState, readonly RunState[]> = {
  draft: ['published', 'cancelled'],
  published: ['registration-open', 'cancelled'],
  // Registration can be closed early, and opened again while its window lasts.
  'registration-open': ['registration-closed', 'cancelled'],
  'registration-closed': ['registration-open', 'running', 'cancelled'],
  running: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
}

/** The states a run can go to from a state, whatever the clock says. */
export function allowedSteps(state: RunState): readonly RunState[] {
  return steps[state]
}

/** The instant of the first meeting. */
export function firstMeeting(run: Run): string {
  return run.meetings.reduce(
    (first, meeting) => (meeting.startsAt < first ? meeting.startsAt : first),
    run.meetings[0]?.startsAt ?? run.closesAt,
  )
}

/** The instant the last meeting ends. */
export function lastMeeting(run: Run): string {
  return run.meetings.reduce((last, meeting) => (meeting.endsAt > last ? meeting.endsAt : last), run.meetings[0]?.endsAt ?? run.closesAt)
}

/** Whether the clock lets a run be in a state: registration is open only inside its window, a run runs only once it has begun. */
function inTime(run: Run, to: RunState, now: string): boolean {
  if (to === 'registration-open') return run.opensAt <= now && now < run.closesAt
  if (to === 'running') return firstMeeting(run) <= now
  if (to === 'completed') return lastMeeting(run) <= now
  return true
}

/** The run after a step. Refuses `illegal-transition` with the state it is in and the states it can go to now. */
export function stepRun(run: Run, to: RunState, now: string): Run {
  const allowed = allowedSteps(run.state).filter((state) => inTime(run, state, now))
  if (!allowed.includes(to)) throw new Refusal('illegal-transition', { current: run.state, allowed })
  return { ...run, state: to }
}

/**
 * Where registration stands, judged by the clock and not by the last sweep: open from `opensAt` up to but not including `closesAt`,
 * unless it was closed by hand or the run has gone on. A draft is visible to nobody outside, so callers look at its state first.
 */
export function registrationAt(run: Run, now: string): 'not-open' | 'open' | 'closed' | 'cancelled' {
  if (run.state === 'cancelled') return 'cancelled'
  if (run.state === 'draft') return 'not-open'
  if (run.state !== 'published' && run.state !== 'registration-open') return 'closed'
  if (now < run.opensAt) return 'not-open'
  return now < run.closesAt ? 'open' : 'closed'
}

/** The step that time itself will take next, and when; undefined where only a person can go on. */
export function dueStep(run: Run): { to: RunState; at: string } | undefined {
  if (run.state === 'published') return { to: 'registration-open', at: run.opensAt }
  if (run.state === 'registration-open') return { to: 'registration-closed', at: run.closesAt }
  if (run.state === 'registration-closed') return { to: 'running', at: firstMeeting(run) }
  if (run.state === 'running') return { to: 'completed', at: lastMeeting(run) }
  return undefined
}

/** The run as the clock has it: every step that is due by now taken. */
export function runAt(run: Run, now: string): Run {
  let at = run
  for (let due = dueStep(at); due !== undefined && due.at <= now; due = dueStep(at)) at = { ...at, state: due.to }
  return at
}
