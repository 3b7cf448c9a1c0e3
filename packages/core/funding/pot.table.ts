import type { GrantItem } from '../order/order.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItems, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { PotAccount, PotHead, PotLine } from './pot.ts'
import { shardNames } from '../enrollment/seats.ts'

/** The heads of a pot's parts, strongly read, in order. */
export async function readPots(table: Table, programId: string, of: string, parts: number): Promise<PotHead[]> {
  const items = await readItems(
    table,
    shardNames(parts).map((part) => keys.pot.key(programId, of, part)),
  )
  return items.filter((item) => item !== undefined) as unknown as PotHead[]
}

/** New pots of a program for a run or a voucher, each with what is set aside in it. At most 32 steps. */
export function newPotSteps(
  world: World,
  pot: Pick<PotHead, 'programId' | 'sponsorId' | 'of'>,
  parts: readonly { seats: number; fen: number }[],
): Step[] {
  const at = world.now()
  return shardNames(parts.length).flatMap((part, place) => {
    const { seats, fen } = parts[place] ?? { seats: 0, fen: 0 }
    const { programId, sponsorId, of } = pot
    const head: PotHead = {
      ...{ programId, sponsorId, of, part, state: 'open' },
      ...{ availableFen: fen, reservedFen: 0, spentFen: 0, availableSeats: seats, reservedSeats: 0, spentSeats: 0 },
    }
    return [
      { name: `pot ${part}`, put: { item: { ...keys.pot.key(programId, of, part), ...head }, condition: 'attribute_not_exists(pk)' } },
      potLineStep(world, { programId, of, part, from: 'program', to: 'available', fen, seats, at, ...nobody }),
    ]
  })
}

/** Brings a pot to another state. Fails by a name that begins with `pot`. */
export function potStateStep({ programId, of, part }: PotHead, state: PotHead['state']): Step {
  return {
    name: `pot ${part}`,
    update: {
      key: keys.pot.key(programId, of, part),
      set: 'SET #state = :state',
      condition: 'attribute_exists(pk)',
      names: { '#state': 'state' },
      values: { ':state': state },
    },
  }
}

/**
 * Shuts a pot and takes out what was available in it when it was read; what comes back later waits for the next look. Fails by a name that begins with `pot`
 * when less is there by now.
 */
export function emptyPotSteps(world: World, pot: PotHead): Step[] {
  const { programId, of, part, availableFen: fen, availableSeats: seats } = pot
  if (pot.state === 'closed' && fen === 0 && seats === 0) return []
  const shut: Step = {
    name: `pot ${part}`,
    update: {
      key: keys.pot.key(programId, of, part),
      set: 'SET #state = :closed, availableFen = availableFen - :fen, availableSeats = availableSeats - :seats',
      condition: 'availableFen >= :fen AND availableSeats >= :seats',
      names: { '#state': 'state' },
      values: { ':closed': 'closed', ':fen': fen, ':seats': seats },
    },
  }
  if (fen === 0 && seats === 0) return [shut]
  return [shut, potLineStep(world, { programId, of, part, from: 'available', to: 'program', fen, seats, at: world.now(), ...nobody })]
}

const nobody = { personId: null, enrollmentId: null, grantId: null }

/** The ledger line of a movement of subsidy. */
function potLineStep(world: World, line: Omit<PotLine, 'id'>): Step {
  const id = world.id('money')
  return {
    name: 'money line',
    put: { item: { ...keys.potLine.key(line.programId, line.of, line.part, id), id, ...line }, condition: 'attribute_not_exists(pk)' },
  }
}

/**
 * Moves a grant's money (and its one seat) between two accounts of its pot, with the ledger line. Taking from `available` asks that the pot is open and
 * has both; every other movement only asks that the money is where it must be. `late`: the pot is due from now on, because nobody looks at it any more. Fails by the name `pot`.
 */
export function moveGrant(
  world: World,
  grant: Pick<GrantItem, 'id' | 'fen' | 'pot'>,
  from: PotAccount,
  to: PotAccount,
  who: { personId: string; enrollmentId: string },
  at: string,
  late = false,
): Step[] {
  const { programId, of, part } = grant.pot
  const due = Object.entries(late ? dueAttributes('funding', of, at) : {})
  const takes = from === 'available'
  return [
    {
      name: `pot ${programId} ${of} ${part}`,
      update: {
        key: keys.pot.key(programId, of, part),
        set:
          'SET #from = #from - :fen, #to = #to + :fen, #fromSeats = #fromSeats - :one, #toSeats = #toSeats + :one' +
          due.map(([name]) => `, ${name} = :${name}`).join(''),
        condition: `#from >= :fen AND #fromSeats >= :one${takes ? ' AND #state = :open' : ''}`,
        names: {
          '#from': `${from}Fen`,
          '#to': `${to}Fen`,
          '#fromSeats': `${from}Seats`,
          '#toSeats': `${to}Seats`,
          ...(takes ? { '#state': 'state' } : {}),
        },
        values: {
          ...{ ':fen': grant.fen, ':one': 1, ...(takes ? { ':open': 'open' } : {}) },
          ...Object.fromEntries(due.map(([name, value]) => [`:${name}`, value])),
        },
      },
    },
    potLineStep(world, { ...grant.pot, from, to, fen: grant.fen, seats: 1, at, ...who, grantId: grant.id }),
  ]
}
