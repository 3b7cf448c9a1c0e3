import type { Channel } from '@skills/contract/notices.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { OutboxEvent } from '../outbox.ts'

/** How long a message may be under way before its sender must have died. Longer than any function may run. */
export const sendingMinutes = 10
/** A message that could not leave for so long is given up; the notice on the site is there from the start. */
const keptMinutes = 36 * 60

/**
 * One message to one person by one channel: the guard that it leaves at most once, and what became of it. `waiting` for the end of quiet hours; `sending` from before it is handed to the
 * carrier; then `sent`, `dropped` (it was not true or not wanted any more), or `lost` (the carrier refused it, or its sender died and nobody knows).
 */
export interface SendingItem {
  consumer: Channel
  event: string
  personId: string
  at: string
  taker: string
  state: 'waiting' | 'sending' | 'sent' | 'dropped' | 'lost'
  /** What it is about, while it waits. */
  told?: OutboxEvent
  /** When that happened. */
  toldAt?: string
  dueAt?: string
  endedAt?: string
  reason?: string
}

/** Whether a message waits too long to be worth anything. */
export const isTooLate = (sending: Pick<SendingItem, 'at'>, now: string) => plusMinutes(sending.at, keptMinutes) < now
