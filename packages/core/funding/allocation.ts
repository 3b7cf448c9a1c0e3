import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { firstMeeting, lastMeeting } from '../catalog/run.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { FundingRule } from '@skills/contract/funding.ts'
import { shares } from '../order/split.ts'
import { splitSeats } from '../enrollment/seats.ts'
import { paidBy } from './funding-rule.ts'
import { drainDays } from './late-money.ts'

/** How often what was set aside is looked at: whether its run is over, and whether something came back into a closed pot. */
const lookAgainMinutes = 60
/** Seats and fen of a run's allocation, and the run they are for. */
export interface AllocationAsk {
  run: RunItem | undefined
  rule: FundingRule
  seats: number
  fen: number
}

/**
 * Judges what is to be set aside for a run, in whole. Out: the run. Refuses `validation-failed`: no such run to be seen, over, without a price, more seats than
 * it has, or too little for even one seat.
 */
export function checkAllocation({ run, rule, seats, fen }: AllocationAsk, now: string): RunItem {
  const errors: FieldError[] = []
  const wrong = (pointer: string, code: string, zh: string, en: string) => errors.push({ pointer, code, detail: { zh, en } })
  if (run === undefined || run.run.state === 'draft')
    wrong('#/runId', 'run-unknown', '没有这一期，或还没有发布。', 'There is no such run, or it is not published.')
  else if (runOver(run, now)) wrong('#/runId', 'run-over', '这一期的报名已经结束。', 'Registration for this run is over.')
  else if (paidBy(rule, run.run.priceFen) < 1)
    wrong('#/runId', 'run-free', '这一期没有费用可补贴。', 'This run has no price that could be subsidized.')
  else {
    if (seats > run.run.capacity)
      wrong('#/seats', 'too-large', `这一期只有 ${run.run.capacity} 个名额。`, `This run has only ${run.run.capacity} seats.`)
    const one = paidBy(rule, run.run.priceFen)
    if (fen < one) wrong('#/fen', 'too-small', `补贴一个名额就要 ${one} 分。`, `Subsidizing one seat takes ${one} fen.`)
  }
  if (errors.length > 0 || run === undefined) throw new Refusal('validation-failed', { count: errors.length }, { errors })
  return run
}

/** Whether a run takes no more claims, whatever a person does: its window has ended, it has begun or was cancelled. Closing early by hand does not count. */
export function runOver({ run }: Pick<RunItem, 'run'>, now: string): boolean {
  return (
    run.state === 'cancelled' || run.state === 'running' || run.state === 'completed' || run.closesAt <= now || firstMeeting(run) <= now
  )
}

/**
 * How seats and fen of an allocation fall on its parts. A grant comes out of one part, so the fen go in whole grants of the usual size, as many to a part as its
 * seats allow; what is left follows the seats. There are no parts that could pay nobody. Out: parts that add up to both.
 */
export function potParts(shards: number, seats: number, fen: number, oneFen: number): { seats: number; fen: number }[] {
  const grants = Math.max(1, Math.min(seats, Math.floor(fen / Math.max(1, oneFen))))
  const count = Math.max(1, Math.min(shards, seats, grants))
  const seatParts = splitSeats(seats, count)
  const whole = splitSeats(grants, count).map((part) => part * Math.min(oneFen, fen))
  const rest = shares(fen - whole.reduce((sum, part) => sum + part, 0), seatParts)
  return seatParts.map((part, place) => ({ seats: part, fen: (whole[place] ?? 0) + (rest[place] ?? 0) }))
}

/** When an open allocation is looked at next: at the end of registration, or soon, because a run may be cancelled or moved. */
export function openLookAt(run: RunItem | undefined, now: string): string {
  const soon = plusMinutes(now, lookAgainMinutes)
  return run !== undefined && now < run.run.closesAt && run.run.closesAt < soon ? run.run.closesAt : soon
}

/** When a closed one is looked at next; undefined once nothing can come back: `until` is the end of the run or the voucher. */
export function closedLookAt(
  until: string,
  pots: readonly { reservedSeats: number; spentSeats: number }[],
  now: string,
): string | undefined {
  const mayReturn = pots.some(({ reservedSeats, spentSeats }) => reservedSeats + spentSeats > 0)
  const reserved = pots.some(({ reservedSeats }) => reservedSeats > 0)
  return reserved || (mayReturn && now < plusMinutes(until, drainDays * 24 * 60)) ? plusMinutes(now, lookAgainMinutes) : undefined
}

/** The end of a run, for what is looked at after it; of one that is gone, now. */
export const endOfRun = (run: RunItem | undefined, now: string): string => (run === undefined ? now : lastMeeting(run.run))
