import { plusMinutes } from '@skills/contract/time.ts'
import { atOnce } from '@skills/core/at-once.ts'
import { eventsLeft } from '@skills/core/notices/outbox-left.table.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'
import { deliverEvent } from './deliver-event.ts'
import { openChannels } from './open-channels.ts'
import type { Channels } from './channels.ts'

/** Younger events are still in the hands of the stream. */
const leftMinutes = 5
/** The table is looked through in this many parts. */
const segments = 16
/** What one call takes on: it must end well inside the function's minute. The rest is found by the next call. */
const mostEvents = 500
const mostMs = 40_000

export interface Redelivered {
  delivered: number
  /** Still owe text messages. */
  waiting: number
  /** Cannot be understood; they stay for an operator, and the checker of the books names them. */
  parked: number
  failed: number
  /** False when the call ended before it had seen the whole table. */
  whole: boolean
}

/**
 * Delivers again what the stream gave up: after ten tries an event stays in the outbox and no stream brings it back. Each call begins at
 * another part of the table, by the clock, so that every part has its turn even where a call cannot see all. May run beside the stream.
 */
export async function redeliver(world: World, channels: Channels, first = turn(world.now())): Promise<Redelivered> {
  const counts: Redelivered = { delivered: 0, waiting: 0, parked: 0, failed: 0, whole: false }
  const before = plusMinutes(world.now(), -leftMinutes)
  const started = world.tick()
  let taken = 0
  const enough = () => taken >= mostEvents || world.tick() - started > mostMs
  for (let part = 0; part < segments; part += 1) {
    for await (const page of eventsLeft(world.table, before, (first + part) % segments, segments)) {
      counts.parked += page.filter(({ parked }) => parked).length
      const events = page.filter(({ parked }) => !parked)
      const { failed } = await atOnce(events, 4, async ({ key }) => {
        if (enough()) return
        taken += 1
        const came = await deliverEvent(world, channels, key)
        if (came !== 'gone') counts[came] += 1
      })
      counts.failed += failed.length
      for (const { error } of failed)
        log({ at: world.now(), level: 'error', function: 'redeliver', event: 'outbox-failed', ...errorFields(error) })
      if (enough()) return counts
    }
  }
  return { ...counts, whole: true }
}

/** Which part a call begins with: the next one every hour. */
function turn(now: string): number {
  return Math.floor(Date.parse(now) / 3_600_000) % segments
}

let real: { world: World; channels: Channels } | undefined

/** Invoked by a schedule, or by hand after an outage. */
export async function handler(): Promise<Redelivered> {
  if (real === undefined) {
    const world = realWorld()
    real = { world, channels: openChannels(world, 'redeliver') }
  }
  return redeliver(real.world, real.channels)
}
