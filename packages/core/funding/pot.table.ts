import type { GrantItem } from '../order/order.ts'
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

/** The ledger line of a movement of subsidy. */
export function potLineStep(world: World, line: Omit<PotLine, 'id'>): Step {
  const id = world.id('money')
  return {
    name: 'money line',
    put: { item: { ...keys.potLine.key(line.programId, line.of, line.part, id), id, ...line }, condition: 'attribute_not_exists(pk)' },
  }
}

/**
 * Moves a grant's money (and its one seat) between two accounts of its pot, with the ledger line. Taking from `available` asks that the pot is open and
 * has both; every other movement only asks that the money is where it must be. Fails by the name `pot`.
 */
export function moveGrant(
  world: World,
  grant: Pick<GrantItem, 'id' | 'fen' | 'pot'>,
  from: PotAccount,
  to: PotAccount,
  who: { personId: string; enrollmentId: string },
  at: string,
): Step[] {
  const { programId, of, part } = grant.pot
  const takes = from === 'available'
  return [
    {
      name: `pot ${programId} ${of} ${part}`,
      update: {
        key: keys.pot.key(programId, of, part),
        set: 'SET #from = #from - :fen, #to = #to + :fen, #fromSeats = #fromSeats - :one, #toSeats = #toSeats + :one',
        condition: `#from >= :fen AND #fromSeats >= :one${takes ? ' AND #state = :open' : ''}`,
        names: {
          '#from': `${from}Fen`,
          '#to': `${to}Fen`,
          '#fromSeats': `${from}Seats`,
          '#toSeats': `${to}Seats`,
          ...(takes ? { '#state': 'state' } : {}),
        },
        values: { ':fen': grant.fen, ':one': 1, ...(takes ? { ':open': 'open' } : {}) },
      },
    },
    potLineStep(world, { ...grant.pot, from, to, fen: grant.fen, seats: 1, at, ...who, grantId: grant.id }),
  ]
}
