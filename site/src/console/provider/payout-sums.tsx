import { yuan } from '@skills/contract/money.ts'
import type { PayoutRule, PayoutSum } from '@skills/contract/payout.ts'
import { pageLanguage } from '../../language.ts'
import { Chart } from '../chart.tsx'
import { DataTable } from '../data-table.tsx'
import { shortYuan } from '../fen.ts'
import { Money } from '../money.tsx'
import { payoutText } from './payout.text.ts'

const lang = pageLanguage()
const w = payoutText[lang]

/** A sum that may also be taken back, with its sign. */
export const SignedMoney = ({ fen, strong = false }: { fen: number; strong?: boolean }) => (
  <span className={strong ? 'figures money strong' : 'figures money'}>{signed(fen)}</span>
)
export const signed = (fen: number): string => (fen < 0 ? `−${yuan(-fen)}` : yuan(fen))

export const payerName = ({ payer, name }: Pick<PayoutSum, 'payer' | 'name'>): string => name?.[lang] ?? w.payers[payer]

/** What a run's money came to, payer by payer, as a picture and in figures. */
export function PayoutSums({ sums, number }: { sums: readonly PayoutSum[]; number: number }) {
  const total = (of: 'earnedFen' | 'heldFen') => sums.reduce((sum, one) => sum + one[of], 0)
  return (
    <div className="stack">
      <Chart
        lying
        label={`${w.statement(number)}: ${w.chart(yuan(total('earnedFen')), yuan(total('heldFen')))}`}
        names={sums.map(payerName)}
        series={[
          { name: w.earned, color: 'brand', values: sums.map(({ earnedFen }) => earnedFen) },
          { name: w.held, color: 'tag', values: sums.map(({ heldFen }) => heldFen) },
        ]}
        say={yuan}
        axis={(fen) => shortYuan(fen, lang)}
      />
      <DataTable<PayoutSum>
        label={`${w.statement(number)}: ${w.sums}`}
        rowKey={({ payer, sponsorId, programId }) => `${payer}/${sponsorId}/${programId}`}
        dataSource={sums}
        columns={[
          { title: w.payer, render: (_, sum) => payerName(sum) },
          { title: w.paid, align: 'right', render: (_, { paidFen }) => <Money fen={paidFen} /> },
          { title: w.refunded, align: 'right', render: (_, { refundedFen, lostFen }) => <Money fen={refundedFen + lostFen} /> },
          { title: w.held, align: 'right', render: (_, { heldFen }) => <Money fen={heldFen} /> },
          { title: w.earned, align: 'right', render: (_, { earnedFen }) => <Money fen={earnedFen} /> },
        ]}
      />
    </div>
  )
}

/** By which rules it was reckoned, and where they come from. */
export const PayoutRules = ({ rules }: { rules: readonly PayoutRule[] }) => (
  <details>
    <summary>{w.rules}</summary>
    <ul className="stack-s">
      {rules.map((rule) => (
        <li key={rule.version}>
          {rule.basis === 'given' ? w.rule.given : w.rule.attended(rule.fullFromPercent, rule.shareFromPercent, rule.belowPercent)}{' '}
          <span className="soft small">
            {w.source}: {rule.source[lang]}
          </span>
        </li>
      ))}
    </ul>
  </details>
)
