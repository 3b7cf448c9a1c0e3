import { plusMinutes } from '@skills/contract/time.ts'

const dayMinutes = 24 * 60

/**
 * Until when a request for a meeting waits for its answer: two days, or twelve hours before the meeting begins, whichever is sooner. Where that would leave less than an hour
 * (somebody stands in for who fell ill), until an hour before it begins; undefined when fewer than two hours are left. House rule.
 */
export function answerBy(now: string, begins: string): string | undefined {
  const [usual, short] = [plusMinutes(begins, -12 * 60), plusMinutes(begins, -60)]
  const two = plusMinutes(now, 2 * dayMinutes)
  if (plusMinutes(now, 60) <= usual) return two < usual ? two : usual
  return plusMinutes(now, 60) <= short ? short : undefined
}
