import type { PaidStatement, PayoutMoney } from '@skills/contract/payout.ts'
import type { CourseLine, RunLine } from '@skills/contract/planning.ts'
import { Button, Tag } from 'antd'
import { useCallback } from 'react'
import { span } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { DataTable } from '../data-table.tsx'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { usePlace } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import type { AnswerOf } from '../use-answer.ts'
import { useCursorPages } from '../use-cursor-pages.ts'
import { PayoutRun } from './payout-run.tsx'
import { SignedMoney } from './payout-sums.tsx'
import { payoutText } from './payout.text.ts'
import type { TabProps } from './tabs.ts'
import { useAllCourses } from './use-all-courses.ts'

const lang = pageLanguage()
const w = payoutText[lang]

/** Payouts: the runs that are to be stated and the statements of all, or one run where the address names it. */
export default function PayoutTab({ providerId, manages }: TabProps) {
  const { run } = usePlace()
  return run === undefined ? <Payouts providerId={providerId} /> : <PayoutRun runId={run} providerId={providerId} manages={manages} />
}

function Payouts({ providerId }: { providerId: string }) {
  const courses = useAllCourses(providerId)
  const ask = useCallback(
    (query: { limit: string; cursor?: string }) => callAsMe('listPayouts', { params: { providerId }, query }),
    [providerId],
  )
  const statements = useCursorPages<PaidStatement, AnswerOf<'listPayouts'>>(ask)
  return (
    <section aria-labelledby="payouts-title">
      <div className="console-title">
        <div>
          <h2 id="payouts-title">{w.title}</h2>
          <p className="soft">{w.hint}</p>
        </div>
      </div>
      <Answered asked={courses}>
        {({ items }) => (
          <>
            <ProblemAlert failed={statements.failed} again={statements.again} />
            {statements.first && statements.items && (
              <Listed lines={items} closed={statements.items} money={statements.first.money} providerId={providerId} />
            )}
            {statements.next !== null && (
              <Button loading={statements.loading} onClick={statements.more}>
                {w.more}
              </Button>
            )}
          </>
        )}
      </Answered>
    </section>
  )
}

interface Lists {
  lines: readonly CourseLine[]
  closed: readonly PaidStatement[]
  money: PayoutMoney
  providerId: string
}

function Listed({ lines, closed, money, providerId }: Lists) {
  const stated = new Set(closed.map(({ runId }) => runId))
  const due = lines.flatMap(({ course, runs }) =>
    runs.filter((run) => isOver(run) && !stated.has(run.id)).map((run) => ({ run, title: course.title[lang] })),
  )
  if (due.length === 0 && closed.length === 0) return <NothingYet title={w.none} hint={w.noneHint} />
  return (
    <div className="stack">
      {due.length > 0 && (
        <section aria-labelledby="due-title" className="stack-s">
          <h3 id="due-title">{w.due}</h3>
          <ul className="program-list">
            {due.map(({ run, title }) => (
              <li key={run.id} className="card program-card" data-run={run.code}>
                <PlaceLink to={{ provider: providerId, tab: 'payout', run: run.id }}>
                  {title} · {run.name[lang]}
                </PlaceLink>{' '}
                <span className="soft small">{run.state === 'cancelled' ? w.cancelled : w.ended(span(run.endsAt, run.endsAt, lang))}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="closed-title" className="stack-s">
        <h3 id="closed-title">{w.closed}</h3>
        {closed.length === 0 ? <p className="soft">{w.noClosed}</p> : <Statements closed={closed} money={money} providerId={providerId} />}
      </section>
    </div>
  )
}

/** Whether a run is over by the reader's clock: the server decides when a statement is closed. */
const isOver = ({ state, endsAt }: RunLine) =>
  state === 'completed' || (state !== 'draft' && state !== 'cancelled' && Date.parse(endsAt) < Date.now())

function Statements({ closed, money, providerId }: Omit<Lists, 'lines'>) {
  return (
    <>
      <p>
        {w.total} <SignedMoney fen={money.earnedFen} strong /> · {w.paidOut} <SignedMoney fen={money.paidFen} strong /> ·{' '}
        {money.openFen < 0 ? w.owes : w.open} <SignedMoney fen={Math.abs(money.openFen)} strong />
      </p>
      <DataTable<PaidStatement>
        label={w.list}
        rowKey={({ runId, number }) => `${runId}/${number}`}
        dataSource={closed}
        columns={[
          {
            title: w.run,
            render: (_, { runId, title, runName }) => (
              <PlaceLink to={{ provider: providerId, tab: 'payout', run: runId }}>
                {title[lang]} · {runName[lang]}
              </PlaceLink>
            ),
          },
          { title: w.at, render: (_, { number, closedAt }) => `${w.statement(number)} · ${span(closedAt, closedAt, lang)}` },
          { title: w.difference, align: 'right', render: (_, { differenceFen }) => <SignedMoney fen={differenceFen} /> },
          { title: w.paidOut, align: 'right', render: (_, { paidFen }) => <SignedMoney fen={paidFen} /> },
          { title: w.earned, align: 'right', render: (_, { earnedFen }) => <Money fen={earnedFen} /> },
          {
            title: w.held,
            align: 'right',
            render: (_, { heldFen }) => (heldFen > 0 ? <Tag color="warning">{<Money fen={heldFen} />}</Tag> : <Money fen={0} />),
          },
        ]}
      />
    </>
  )
}
