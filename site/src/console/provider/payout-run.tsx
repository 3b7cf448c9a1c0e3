import type { PaidStatement, Payout, PayoutStatement } from '@skills/contract/payout.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { Problem } from '@skills/contract/client.ts'
import { App, Button } from 'antd'
import { useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { download } from '../download.ts'
import { PlaceLink } from '../place-link.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { PayoutLines } from './payout-lines.tsx'
import { PayoutPayments } from './payout-payments.tsx'
import { PayoutRules, PayoutSums, signed, SignedMoney } from './payout-sums.tsx'
import { payoutText } from './payout.text.ts'

const lang = pageLanguage()
const w = payoutText[lang]

/** The money of one run: the statement that could be closed now, and those that were. */
export function PayoutRun({ runId, providerId, manages }: { runId: string; providerId: string; manages: boolean }) {
  const asked = useAnswer('getPayout', { params: { runId } })
  const me = useAnswer('getMe', {})
  const operates = me.value?.memberships.some(({ organizationId }) => organizationId === platformId) === true
  return (
    <section aria-labelledby="payout-title">
      <p>
        <PlaceLink to={{ provider: providerId, tab: 'payout' }}>‹ {w.back}</PlaceLink>
      </p>
      <Answered asked={asked}>
        {(payout) => (
          <div className="stack">
            <h2 id="payout-title">
              {payout.title[lang]} · {payout.runName[lang]}
            </h2>
            <Next key={payout.statements.length} payout={payout} manages={manages} changed={asked.again} />
            {payout.statements.toReversed().map((statement) => (
              <Closed key={statement.number} statement={statement} operates={operates} changed={asked.again} />
            ))}
          </div>
        )}
      </Answered>
    </section>
  )
}

function Next({ payout, manages, changed }: { payout: Payout; manages: boolean; changed: () => void }) {
  const { next, state, closesFrom, runId } = payout
  const { modal, message } = App.useApp()
  const doing = useDoing()
  if (next === null) return <p className="card soft">{payout.statements.length === 0 ? w.nothingYet : w.nothingNew}</p>
  const over = state === 'completed' || state === 'cancelled'
  const close = () =>
    modal.confirm({
      title: w.closeTitle(next.number),
      content: (
        <div className="sure">
          <p className="sure-sum figures">{signed(next.differenceFen)}</p>
          <p>{w.closeSaid}</p>
        </div>
      ),
      okText: w.closeYes(signed(next.differenceFen)),
      onOk: async () => {
        const done = await doing.run(`close-payout/${runId}/${next.number}/${next.digest}`, (key) =>
          callAsMe('closePayout', { params: { runId }, body: { differenceFen: next.differenceFen, digest: next.digest }, key }),
        )
        if (done) message.success(w.done)
        changed()
      },
    })
  return (
    <section className="card stack" aria-labelledby="next-title" data-next={next.number}>
      <div className="program-card-head">
        <h3 id="next-title">
          {w.next} <span className="soft small">{w.statement(next.number)}</span>
        </h3>
        {over && manages && (
          <Button type="primary" loading={doing.busy} onClick={close}>
            {w.close}
          </Button>
        )}
      </div>
      <ProblemAlert failed={doing.failed} />
      {!over && <p className="soft">{w.early(moment(closesFrom, lang))}</p>}
      {over && !manages && <p className="soft">{w.looker}</p>}
      <p>
        {w.difference} <SignedMoney fen={next.differenceFen} strong />
      </p>
      <PayoutSums sums={next.sums} number={next.number} />
      <PayoutLines key={JSON.stringify(next.sums)} runId={runId} sums={next.sums} />
      <PayoutRules rules={next.rules} />
    </section>
  )
}

function Closed({ statement, operates, changed }: { statement: PaidStatement; operates: boolean; changed: () => void }) {
  const { runId, number, closedAt, differenceFen, sums, rules } = statement
  const title = `statement-${number}`
  return (
    <section className="card stack" aria-labelledby={title} data-statement={number}>
      <div className="program-card-head">
        <h3 id={title}>
          {w.statement(number)} <span className="soft small">{moment(closedAt, lang)}</span>
        </h3>
        <SignedMoney fen={differenceFen} strong />
      </div>
      <PayoutPayments statement={statement} operates={operates} changed={changed} />
      <PayoutSums sums={sums} number={number} />
      <PayoutLines runId={runId} number={number} sums={sums} />
      <Exports statement={statement} />
      <PayoutRules rules={rules} />
    </section>
  )
}

function Exports({ statement: { runId, number } }: { statement: PayoutStatement }) {
  const [busy, setBusy] = useState<string>()
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const get = async (format: 'csv' | 'xlsx') => {
    setBusy(format)
    setFailed(undefined)
    try {
      const answer = await download('exportPayout', { runId, number: String(number) }, { format }, `${w.file}-${number}.${format}`)
      if (answer.problem) setFailed(answer)
    } catch {
      setFailed({ problem: undefined })
    }
    setBusy(undefined)
  }
  return (
    <div className="stack-s">
      <div className="row">
        {(['csv', 'xlsx'] as const).map((format) => (
          <Button key={format} loading={busy === format} disabled={busy !== undefined} onClick={() => void get(format)}>
            {w[format]}
          </Button>
        ))}
      </div>
      <p className="small soft">{w.exportHint}</p>
      <ProblemAlert failed={failed} />
    </div>
  )
}
