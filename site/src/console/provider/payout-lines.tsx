import type { Problem } from '@skills/contract/client.ts'
import type { PayoutLine, PayoutPart, PayoutSum } from '@skills/contract/payout.ts'
import { yuan } from '@skills/contract/money.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { DataTable } from '../data-table.tsx'
import { Money } from '../money.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { payerName, SignedMoney } from './payout-sums.tsx'
import { payoutText } from './payout.text.ts'

const w = payoutText[pageLanguage()]

interface Read {
  items: PayoutLine[]
  next: string | null
}

/** The lines of a statement (`number`), or of the one that would be next: read when they are asked for, page by page. */
export function PayoutLines({ runId, number, sums }: { runId: string; number?: number; sums: readonly PayoutSum[] }) {
  const [read, setRead] = useState<Read>()
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const [busy, setBusy] = useState(false)
  const more = async () => {
    setBusy(true)
    setFailed(undefined)
    const query = read?.next ? { limit: '50', cursor: read.next } : { limit: '50' }
    try {
      const answer =
        number === undefined
          ? await callAsMe('listNextPayoutLines', { params: { runId }, query })
          : await callAsMe('listPayoutLines', { params: { runId, number: String(number) }, query })
      if (answer.ok) setRead({ items: [...(read?.items ?? []), ...answer.value.items], next: answer.value.next })
      else setFailed({ problem: answer.problem })
    } catch {
      setFailed({ problem: undefined })
    }
    setBusy(false)
  }
  if (read === undefined)
    return (
      <>
        <ProblemAlert failed={failed} />
        <p>
          <Button loading={busy} onClick={() => void more()}>
            {w.showLines}
          </Button>
        </p>
      </>
    )
  return (
    <div className="stack">
      <DataTable<PayoutLine>
        label={number === undefined ? w.lines : `${w.statement(number)}: ${w.lines}`}
        rowKey="id"
        dataSource={read.items}
        pagination={false}
        columns={[
          { title: w.line, render: (_, line) => <Who line={line} /> },
          {
            title: w.attended,
            render: (_, { attended, kind }) =>
              attended ? w.attendedOf(attended.minutes, attended.outOfMinutes) : kind === 'seat' ? w.unknown : '',
          },
          {
            title: w.payer,
            render: (_, { parts }) => (
              <ul className="stack-s small">
                {parts.map((part) => (
                  <li key={`${part.payer}/${part.programId}`}>
                    <Part part={part} name={nameOf(part, sums)} />
                  </li>
                ))}
              </ul>
            ),
          },
          { title: w.difference, align: 'right', render: (_, { differenceFen }) => <SignedMoney fen={differenceFen} /> },
        ]}
      />
      <ProblemAlert failed={failed} />
      {read.next !== null && (
        <p>
          <Button loading={busy} onClick={() => void more()}>
            {w.more}
          </Button>
        </p>
      )}
    </div>
  )
}

const nameOf = (part: PayoutPart, sums: readonly PayoutSum[]) =>
  payerName(sums.find(({ payer, programId }) => payer === part.payer && programId === part.programId) ?? { payer: part.payer, name: null })

const Who = ({ line: { kind, maskedName, seats, state, id } }: { line: PayoutLine }) => (
  <>
    {kind === 'group-order' ? w.group(seats) : maskedName} {state === 'left' && <span className="soft small">{w.left}</span>}
    <br />
    <span className="soft small">{id}</span>
  </>
)

const Part = ({ part, name }: { part: PayoutPart; name: string }) => (
  <>
    {name}: <Money fen={part.earnedFen} />
    {part.refundedFen + part.lostFen > 0 && ` · ${w.refunded} ${yuan(part.refundedFen + part.lostFen)}`}
    {part.held.map(({ reason, fen }) => ` · ${w.held} ${yuan(fen)} (${w.reasons[reason]})`)}
  </>
)
