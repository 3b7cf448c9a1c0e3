import type { MoneyMatter } from '@skills/contract/money-matters.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { at, pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useDoing } from '../use-doing.ts'
import { moneyText } from './money.text.ts'

const lang = pageLanguage()
const w = moneyText[lang]

/** Money to look at: what it is, why, whose, and what is done about it. `done` hears of it when it is over. */
export function MatterCard({ matter, done }: { matter: MoneyMatter; done: () => void }) {
  const { id, kind, why, fen, personId, orderId, groupOrderId, about, state, stands } = matter
  const codes = why === null ? [] : why.split(' ')
  return (
    <li className="card stack-s" data-matter={kind}>
      <h3>
        {w.kinds[kind]} {fen !== null && <span className="figures">{yuan(fen)}</span>}
      </h3>
      <p className="soft small">{`${moment(matter.at, lang)} · ${id}`}</p>
      <p>{w.kindHint[kind]}</p>
      <dl className="details">
        {codes.length > 0 && <Fact name={w.why} value={codes.map((code) => w.whys[code] ?? code).join(lang === 'zh' ? '、' : ', ')} />}
        {personId !== null && <Fact name={w.person} value={personId} />}
        {orderId !== null && <Fact name={w.order} value={orderId} />}
        {groupOrderId !== null && (
          <div>
            <dt>{w.groupOrder}</dt>
            <dd>
              <a href={`${at(lang, '/console/employer/')}?${new URLSearchParams({ order: groupOrderId })}`}>{groupOrderId}</a>
            </dd>
          </div>
        )}
        {about.length > 0 && <Fact name={w.about} value={about.join(' · ')} />}
      </dl>
      {state === 'open' ? (
        <>
          {!stands && <Alert type="info" showIcon title={w.gone} />}
          <Steps matter={matter} done={done} />
        </>
      ) : (
        <>
          <p>
            <strong>{w.ends[matter.end ?? 'closed']}</strong>{' '}
            <span className="soft small">{w.doneBy(matter.doneBy ?? '', moment(matter.doneAt ?? matter.at, lang))}</span>
            {matter.said !== null && <span className="said-words">{matter.said}</span>}
          </p>
          {matter.end === 'closed' && <SendAgain matter={matter} done={done} />}
        </>
      )}
    </li>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd className="entity-link">{value}</dd>
  </div>
)

/** Sends a failed refund again, as long as it is owed. */
function SendAgain({ matter: { id, kind, fen, stands }, done }: { matter: MoneyMatter; done: () => void }) {
  const sending = useDoing()
  const { modal, message } = App.useApp()
  const send = () =>
    modal.confirm({
      title: w.resendTitle(yuan(fen ?? 0)),
      content: w.resendSaid,
      okText: w.resendYes,
      onOk: async () => {
        const answer = await sending.run(`resend/${id}`, (key) => callAsMe('resendRefund', { params: { matterId: id }, body: {}, key }))
        if (!answer) return
        message.success(w.resent)
        done()
      },
    })
  if (kind !== 'refund-failed' || !stands) return null
  return (
    <>
      <p>
        <Button type="primary" loading={sending.busy} onClick={send}>
          {w.resend}
        </Button>
      </p>
      <ProblemAlert failed={sending.failed} />
    </>
  )
}

function Steps({ matter, done }: { matter: MoneyMatter; done: () => void }) {
  const { id } = matter
  const [said, setSaid] = useState('')
  const [missing, setMissing] = useState(false)
  const closing = useDoing()
  const { message } = App.useApp()
  const close = async () => {
    const words = said.trim()
    setMissing(words === '')
    if (words === '') return
    const answer = await closing.run(`close-matter/${id}/${words}`, (key) =>
      callAsMe('closeMoneyMatter', { params: { matterId: id }, body: { said: words }, key }),
    )
    if (!answer) return
    message.success(w.closed)
    done()
  }
  return (
    <>
      <SendAgain matter={matter} done={done} />
      <ReasonField
        label={w.said}
        hint={w.saidHint}
        need={w.need}
        most={500}
        value={said}
        missing={missing}
        changed={(value) => {
          setSaid(value)
          setMissing(false)
          closing.forget()
        }}
      />
      <ProblemAlert failed={closing.failed} />
      <p className="row">
        <Button loading={closing.busy} onClick={() => void close()}>
          {w.close}
        </Button>
        <span className="soft small">{w.closeHint}</span>
      </p>
    </>
  )
}
