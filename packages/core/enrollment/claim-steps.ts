import { keys } from '../keys.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { Schedule } from './schedule.ts'
import { transferStep } from './seats.table.ts'
import type { SeatTransfer } from './seats.ts'

/** A person's schedule at the version it was read. Fails by the name `schedule`. */
export function scheduleStep(personId: string, before: Schedule, after: Schedule): Step {
  const { version, busy, holds, uses, unpaid, noShows } = after
  return {
    name: 'schedule',
    put: {
      item: { ...keys.schedule.key(personId), version, busy, holds, uses, unpaid, noShows },
      ...(before.version === 0
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: 'version = :version', values: { ':version': before.version } }),
    },
  }
}

/** The permanent guard of (person, run), taken by an enrollment. Fails by the name `guard`. */
export function takeGuard(personId: string, runId: string, enrollmentId: string): Step {
  return {
    name: 'guard',
    put: {
      item: { ...keys.guard.key(personId, runId), runId, enrollmentId, state: 'active' },
      condition: 'attribute_not_exists(pk) OR #state = :released',
      names: { '#state': 'state' },
      values: { ':released': 'released' },
    },
  }
}

/** The guard given up by the enrollment that has it; it keeps the mark of a run that was cancelled, for who tells its people. Fails by the name `guard`. */
export function releaseGuard(personId: string, runId: string, enrollmentId: string, runCancelled = false): Step {
  return {
    name: 'guard',
    update: {
      key: keys.guard.key(personId, runId),
      set: 'SET #state = :released, runCancelled = :cancelled',
      condition: 'enrollmentId = :id AND #state = :active',
      names: { '#state': 'state' },
      values: { ':id': enrollmentId, ':released': 'released', ':active': 'active', ':cancelled': runCancelled },
    },
  }
}

type Movement = Pick<SeatTransfer, 'runId' | 'shard' | 'from' | 'to' | 'personId' | 'enrollmentId'> & {
  at: string
  /** Only while the run is at this version: for seats that somebody takes. */
  runVersion?: number
  seats?: number
  /** What the line says where the seat goes on in the same transaction: free, then held for an offer. */
  written?: SeatTransfer['to']
}

/** Moves seats (one, unless said) of a shard between two accounts, with the ledger line. Fails by the name `seat`. */
export function moveSeat(world: World, { runVersion, written, ...line }: Movement): Step[] {
  const seats = line.seats ?? 1
  const { from, to } = line
  const key = keys.shard.key(line.runId, line.shard)
  const pinned = runVersion === undefined ? {} : { ':version': runVersion }
  const condition = `#from >= :seats${runVersion === undefined ? '' : ' AND runVersion = :version'}`
  const head: Step =
    from === to
      ? { name: 'seat', check: { key, condition, names: { '#from': from }, values: { ':seats': seats, ...pinned } } }
      : {
          name: 'seat',
          update: {
            key,
            set: 'SET #from = #from - :seats, #to = #to + :seats',
            condition,
            names: { '#from': from, '#to': to },
            values: { ':seats': seats, ...pinned },
          },
        }
  return [head, transferStep(world, { ...line, to: written ?? to, seats })]
}
