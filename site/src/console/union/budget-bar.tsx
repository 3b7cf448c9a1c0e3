import { yuan } from '@skills/contract/money.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { pageLanguage } from '../../language.ts'
import { Money } from '../money.tsx'
import { unionText } from './union.text.ts'

export type BudgetSums = ProgramView['budget']
const w = unionText[pageLanguage()]

/** The four places money of a program can be in, from the door to the end of its way. */
export const budgetParts = [
  { key: 'spent', of: (budget: BudgetSums) => budget.spentFen },
  { key: 'reserved', of: (budget: BudgetSums) => budget.reservedFen },
  { key: 'available', of: (budget: BudgetSums) => budget.availableFen },
  { key: 'free', of: (budget: BudgetSums) => budget.freeFen },
] as const

/** Several budgets as one. */
export const sumOf = (budgets: readonly BudgetSums[]): BudgetSums =>
  budgets.reduce(
    (sum, one) => ({
      toppedUpFen: sum.toppedUpFen + one.toppedUpFen,
      withdrawnFen: sum.withdrawnFen + one.withdrawnFen,
      freeFen: sum.freeFen + one.freeFen,
      availableFen: sum.availableFen + one.availableFen,
      reservedFen: sum.reservedFen + one.reservedFen,
      spentFen: sum.spentFen + one.spentFen,
    }),
    { toppedUpFen: 0, withdrawnFen: 0, freeFen: 0, availableFen: 0, reservedFen: 0, spentFen: 0 },
  )

/** A budget as one bar. */
export function BudgetBar({ budget }: { budget: BudgetSums }) {
  const said = w.budgetSaid(yuan(budget.freeFen), yuan(budget.availableFen), yuan(budget.reservedFen), yuan(budget.spentFen))
  return (
    <div className="budget-bar" role="img" aria-label={said}>
      {budgetParts.map(({ key, of }) =>
        of(budget) > 0 ? <span key={key} className={`part-${key}`} style={{ flexGrow: of(budget) }} /> : null,
      )}
    </div>
  )
}

/** The bar with its four sums, and where they would end if all that is set aside were used. */
export function BudgetPicture({ budget }: { budget: BudgetSums }) {
  const net = budget.toppedUpFen - budget.withdrawnFen
  const all = budget.spentFen + budget.reservedFen + budget.availableFen
  return (
    <div className="budget">
      <BudgetBar budget={budget} />
      <dl className="budget-sums">
        {budgetParts.map(({ key, of }) => (
          <div key={key}>
            <dt>
              <span className={`swatch part-${key}`} aria-hidden="true" />
              {w.parts[key]}
            </dt>
            <dd data-part={key}>
              <Money fen={of(budget)} strong />
              <small>{w.partsHint[key]}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft small">
        {net === 0 ? w.noMoney : w.forecastSaid(yuan(budget.spentFen), yuan(all), Math.round((all / net) * 100))}
      </p>
    </div>
  )
}
