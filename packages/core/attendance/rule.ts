/** How presence becomes credited hours. Numbers are data: a trade, and later a sponsor, may set others. A version is never changed and never taken out: credits name it for ever. */
export interface AttendanceRule {
  /** Its name; a credit says by which one it was made. */
  version: string
  /** Coming so late, or leaving so early, takes nothing away; minutes. */
  lateGraceMinutes: number
  earlyGraceMinutes: number
  /** One class hour 课时, in minutes, and the part of one that is counted at least. */
  classHourMinutes: number
  hourSteps: number
  /** Of all minutes of the run, so many percent must be credited for it to be completed. */
  completePercent: number
  source: string
}

/** Before the beginning a code for coming is taken from here on, after the end one for leaving until here; minutes. */
export const doorsMinutes = 30
/** How long a mid-class check stays open. */
export const checkMinutes = 3
/** After a meeting, what devices and scanners kept without a network is taken for so long. */
export const syncHours = 24
/** After the last meeting hours are credited: once nothing can be synced any more. */
export const settleHours = 25
/** How far the clock of a device without a network may be off; online the server's clock alone decides. */
export const skewMinutes = 5
/** How long after a meeting its provider may still correct it. */
export const correctDays = 30

const usual: AttendanceRule = {
  version: '2026-1',
  lateGraceMinutes: 10,
  earlyGraceMinutes: 10,
  classHourMinutes: 45,
  hourSteps: 2,
  completePercent: 80,
  source: 'No national figure was found; local practice 70 to 90 %. Singapore asks 75 %, France pays in full from 80 %.',
}

/** Every rule that ever held, by its version. */
export type AttendanceRules = ReadonlyMap<string, AttendanceRule>
export const attendanceRules: AttendanceRules = new Map([usual].map((rule) => [rule.version, rule]))

/** Rules that differ, by trade; each stands among `attendanceRules` too. */
const byTrade: Readonly<Record<string, AttendanceRule>> = {}

/** The rule for a run of a trade that is judged for the first time. */
export function ruleFor(trade: string | null): AttendanceRule {
  return (trade === null ? undefined : byTrade[trade]) ?? usual
}

/** The rule for somebody in a run of a trade: the one she was credited by, so that a correction later changes nobody's rule; else the one that holds. */
export function ruleOf(before: { rule: string } | undefined, trade: string | null): AttendanceRule {
  return (before === undefined ? undefined : attendanceRules.get(before.rule)) ?? ruleFor(trade)
}

/** Credited class hours for minutes, in steps of a half, never rounded up. */
export function hoursOf(minutes: number, { classHourMinutes, hourSteps }: AttendanceRule): number {
  return Math.floor((minutes * hourSteps) / classHourMinutes) / hourSteps
}
