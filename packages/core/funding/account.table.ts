import type { Page } from '@skills/contract/actor.ts'
import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { ProgramLine } from './pot.ts'
import { accountEntity, movedAccount, type AccountItem, type Movement } from './account.ts'

/** Who moves money, and why. */
export interface Doing {
  action: string
  by: string
  commandId?: string | undefined
}

/** A program's account, strongly read. Throws where a program has none: it is written with the program. */
export async function readAccount(table: Table, programId: string): Promise<AccountItem> {
  const item = (await readItem(table, keys.programAccount.key(programId))) as unknown as AccountItem | undefined
  if (item === undefined) throw new Error('a program has no account')
  return item
}

/** The empty account of a new program. */
export function newAccountSteps(world: World, programId: string, { action, by, commandId }: Doing): Step[] {
  const entity = accountEntity(programId)
  const audit = auditStep({ entity, action, by, at: world.now(), commandId }, undefined)
  const item: AccountItem = { programId, toppedUpFen: 0, withdrawnFen: 0, freeFen: 0, setAsideFen: 0, entity, ...audit.history }
  return [
    { name: 'account', put: { item: { ...keys.programAccount.key(programId), ...item }, condition: 'attribute_not_exists(pk)' } },
    { ...audit.step, name: 'account audit' },
  ]
}

/**
 * Moves money between the accounts of a program: the account at the version it was read, the line of its ledger, the audit entry. Refuses what
 * `movedAccount` refuses. Fails by the name `account`: read it again.
 */
export function moveMoneySteps(
  world: World,
  before: AccountItem,
  movement: Movement,
  { action, by, commandId }: Doing,
): { steps: Step[]; account: AccountItem } {
  const at = world.now()
  const { programId, entity } = before
  const audit = auditStep({ entity, action, by, at, commandId }, before)
  const account: AccountItem = { ...movedAccount(before, movement), ...audit.history }
  const id = world.id('money')
  return {
    account,
    steps: [
      {
        name: 'account',
        put: {
          item: { ...keys.programAccount.key(programId), ...account },
          condition: 'version = :before AND freeFen >= :taken AND setAsideFen >= :returned',
          values: {
            ':before': before.version,
            ':taken': movement.from === 'free' ? movement.fen : 0,
            ':returned': movement.from === 'set-aside' ? movement.fen : 0,
          },
        },
      },
      {
        name: 'account line',
        put: {
          item: { ...keys.programLine.key(programId, id), id, programId, ...movement, at, by },
          condition: 'attribute_not_exists(pk)',
        },
      },
      { ...audit.step, name: 'account audit' },
    ],
  }
}

/** A page of a program's ledger, the newest line first; `next` is the position of the next page, or null at the end. */
export async function readProgramLines(
  table: Table,
  programId: string,
  page: Page,
): Promise<{ lines: ProgramLine[]; next: string | null }> {
  const items = await readRange(table, {
    pk: keys.program.key(programId).pk,
    begins: 'MONEY#',
    backward: true,
    limit: page.limit + 1,
    after: page.after === undefined ? undefined : keys.programLine.key(programId, page.after).sk,
  })
  const lines = items.slice(0, page.limit) as unknown as ProgramLine[]
  return { lines, next: items.length > page.limit ? (lines.at(-1)?.id ?? null) : null }
}
