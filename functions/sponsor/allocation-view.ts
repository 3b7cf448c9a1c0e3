import type { AllocationView } from '@skills/contract/sponsors.routes.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import type { PotHead } from '@skills/core/funding/pot.ts'
import type { AllocationItem } from '@skills/core/funding/program-item.ts'

/** An allocation with the run it is for and what is left of it. */
export function allocationView({ allocation }: AllocationItem, run: RunItem, pots: readonly PotHead[]): AllocationView {
  const sum = (read: (pot: PotHead) => number) => pots.reduce((all, pot) => all + read(pot), 0)
  return {
    allocation,
    runTitle: run.title,
    runName: run.run.name,
    startsAt: firstMeeting(run.run),
    seatsLeft: sum((pot) => pot.availableSeats),
    availableFen: sum((pot) => pot.availableFen),
    reservedFen: sum((pot) => pot.reservedFen),
    spentFen: sum((pot) => pot.spentFen),
  }
}
