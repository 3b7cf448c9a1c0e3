import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Budget } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { budgetOf } from '@skills/core/funding/account.ts'
import { moveMoneySteps, readAccount } from '@skills/core/funding/account.table.ts'
import { readPotsOf, readSetAside } from '@skills/core/funding/budget.table.ts'
import { mustBeActive } from '@skills/core/funding/program.ts'
import { programStands } from '@skills/core/funding/program.table.ts'
import { keys } from '@skills/core/keys.ts'
import { transact, type Step } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'
import { ownProgram } from './own-program.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'

interface Call {
  actor: Actor
  command: Command
  params: { programId: string }
  body: { kind: 'top-up' | 'withdrawal'; fen: number; reference: string }
}

/**
 * Tops a budget up or takes out of it what is free: an active program takes money, every one gives it back. Out: the budget after it. Refuses
 * `budget-insufficient`, `program-not-active`, and `validation-failed` above what an account can hold or for a document that moved money this way before: whoever types it twice
 * would move it twice, whatever key the second wish has.
 */
export async function moveMoney(world: World, { actor, command, params, body }: Call): Promise<Budget> {
  const { kind, fen } = body
  const { programId } = params
  return untilDone(world, command, async () => {
    const program = await ownProgram(world, actor, programId, 'manage')
    if (kind === 'top-up') mustBeActive(program.program)
    const pots = await readPotsOf(world.table, programId, await readSetAside(world.table, programId))
    const before = await readAccount(world.table, programId)
    const way = kind === 'top-up' ? ({ from: 'outside', to: 'free' } as const) : ({ from: 'free', to: 'outside' } as const)
    const doing = { action: kind, by: actor.personId, commandId: command.id }
    const { steps, account } = moveMoneySteps(world, before, { ...way, fen, reference: body.reference, of: null }, doing)
    const reference = referenceStep(params.programId, body, world.now())
    const outcome = await transact(world, command, [programStands(program), reference, ...steps], budgetOf(account, pots))
    if ('failed' in outcome && outcome.failed === reference.name) throw usedBefore
    return outcome
  })
}

/** The guard of a document: it moves money of a program once in each direction. */
function referenceStep(programId: string, { kind, reference }: Call['body'], at: string): Step {
  return {
    name: 'reference',
    put: { item: { ...keys.moneyReference.key(programId, kind, reference.trim()), at }, condition: 'attribute_not_exists(pk)' },
  }
}

const usedBefore = new Refusal(
  'validation-failed',
  { count: 1 },
  {
    errors: [
      {
        pointer: '#/reference',
        code: 'used-before',
        detail: {
          zh: '这个单据号已经登记过一次，没有再动资金。请先查看预算流水；确是另一笔时，请写另一张单据的编号。',
          en: 'Money was moved by this document before, and nothing was moved now. Look at the ledger; if it is another payment, give the number of its own document.',
        },
      },
    ],
  },
)
