import { readRun } from '../catalog/run.table.ts'
import { transact } from '../transact.ts'
import type { World } from '../world.ts'
import { closedLookAt, endOfRun, openLookAt, runOver } from './allocation.ts'
import { lookAgainStep, readAllocation } from './allocation.table.ts'
import { tryToClose } from './close-allocation.ts'
import { potStateStep, readPots } from './pot.table.ts'
import { potState } from './program.ts'
import { programStands, readProgram } from './program.table.ts'
import { untilDone } from './until-done.ts'

/** What a look at something that is due did. */
export type Looked = 'returned' | 'followed' | 'nothing'

/** Closes an allocation whose run is over, and sends on what came back into a closed one; the rest is looked at again later. */
export function lookAtAllocation(world: World, runId: string, programId: string, by: string): Promise<Looked> {
  return untilDone<Looked>(world, undefined, async () => {
    const [before, run, program] = await Promise.all([
      readAllocation(world.table, runId, programId),
      readRun(world.table, runId),
      readProgram(world.table, programId),
    ])
    if (before === undefined || program === undefined) return { answer: 'nothing', replayed: false }
    const now = world.now()
    const own = before.allocation.state
    const over = own !== 'closed' && (run === undefined || runOver(run, now) || potState(program.program.state, own) === 'closed')
    const pots = await readPots(world.table, programId, runId, before.parts)
    const cameBack = own === 'closed' && pots.some(({ availableFen, availableSeats }) => availableFen + availableSeats > 0)
    if (over || cameBack) {
      const closed = await tryToClose<Looked>(world, { runId, programId, by, answer: () => 'returned' })
      return closed ?? { answer: 'nothing', replayed: false }
    }
    const lookAt = own === 'closed' ? closedLookAt(endOfRun(run, now), pots, now) : openLookAt(run, now)
    // A closing that broke off may have left pots shut.
    const state = potState(program.program.state, own)
    const astray = pots.filter((pot) => pot.state !== state).map((pot) => potStateStep(pot, state))
    return transact<Looked>(
      world,
      undefined,
      [lookAgainStep(before, lookAt), ...(astray.length === 0 ? [] : [programStands(program), ...astray])],
      'nothing',
    )
  })
}
