import type { Actor, Page } from '@skills/contract/actor.ts'
import { isId } from '@skills/contract/ids.ts'
import type { MoneyLine } from '@skills/contract/sponsors.routes.ts'
import { readProgramLines } from '@skills/core/funding/account.table.ts'
import type { World } from '@skills/core/world.ts'
import type * as z from 'zod/mini'
import { ownProgram } from './own-program.ts'

interface Call {
  actor: Actor
  params: { programId: string }
  page: Page
}

/** The ledger of a program's account, the newest line first. */
export async function listMoney(
  world: World,
  { actor, params, page }: Call,
): Promise<{ items: z.infer<typeof MoneyLine>[]; next: string | null }> {
  await ownProgram(world, actor, params.programId, 'look')
  const { lines, next } = await readProgramLines(world.table, params.programId, page)
  return {
    items: lines.map(({ id, at, from, to, fen, reference, of, by }) => ({
      ...{ id, at, from, to, fen, reference, by },
      runId: of !== null && isId('run', of) ? of : null,
    })),
    next,
  }
}
