import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { startCountdown } from '../../countdown.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import { employerText } from './employer.text.ts'

const lang = pageLanguage()
const w = employerText[lang].pay

interface Parts {
  order: GroupOrder
  manages: boolean
  again: () => void
  /** Whether one comes back from the checkout page, which confirms nothing: only the payment service's message does. */
  back: boolean
}
/** Looks so often, every two seconds, before the way to pay is shown again. */
const mostLooks = 60

/** Waits for the payment service's message and reads the order again until it came. */
function Confirming({ again }: { again: () => void }) {
  useEffect(() => {
    let looks = 0
    const timer = setInterval(() => {
      looks += 1
      if (looks < mostLooks) return again()
      clearInterval(timer)
      go({ ...Object.fromEntries(new URLSearchParams(location.search)), paid: undefined }, true)
    }, 2000)
    return () => clearInterval(timer)
  }, [again])
  return (
    <div className="card pay-box" role="status">
      <h3>{w.confirming}</h3>
      <p>{w.confirmingHint}</p>
    </div>
  )
}

/** How an unpaid order is paid for, while its clock runs: the checkout page, or what to transfer. */
export function PayBox({ order, manages, again, back }: Parts) {
  if (back) return <Confirming again={again} />
  return (
    <div className="card pay-box">
      <h3>{w.title}</h3>
      <Clock until={order.holdUntil} arrived={again} />
      {order.payBy === 'stripe' ? manages && <OpenCheckout order={order} /> : <TransferText order={order} />}
      <p>
        <Button onClick={again}>{w.refresh}</Button>
      </p>
    </div>
  )
}

function Clock({ until, arrived }: { until: string; arrived: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    if (place.current)
      startCountdown(place.current, until, w.left, lang, () => {
        setOver(true)
        // The sweep that lapses orders comes once a minute.
        setTimeout(arrived, 5000)
      })
  }, [until])
  return (
    <>
      <p className="soft small">{over ? w.ended : w.left}</p>
      <div ref={place} hidden={over} />
    </>
  )
}

function OpenCheckout({ order }: { order: GroupOrder }) {
  const doing = useDoing()
  const [leaving, setLeaving] = useState(false)
  const open = async () => {
    const answer = await doing.run(`group-checkout/${order.id}`, (key) =>
      callAsMe('openGroupCheckout', { params: { groupOrderId: order.id }, body: { language: lang }, key }),
    )
    if (!answer) return
    setLeaving(true)
    location.assign(answer.value.url)
  }
  return (
    <>
      <ProblemAlert failed={doing.failed} />
      <Button type="primary" size="large" loading={doing.busy || leaving} onClick={() => void open()}>
        {doing.busy || leaving ? w.opening : `${w.stripe} · ${yuan(order.totalFen)}`}
      </Button>
    </>
  )
}

const TransferText = ({ order }: { order: GroupOrder }) => (
  <>
    <dl className="details">
      <Copied name={w.amount} shown={yuan(order.totalFen)} text={(order.totalFen / 100).toFixed(2)} />
      <Copied name={w.note} shown={order.id} text={order.id} />
    </dl>
    <p>{w.transferHint}</p>
  </>
)

function Copied({ name, shown, text }: { name: string; shown: string; text: string }) {
  const { message } = App.useApp()
  return (
    <div>
      <dt>{name}</dt>
      <dd className="row tight">
        <span className="figures transfer-figure">{shown}</span>
        <Button
          size="small"
          aria-label={`${w.copy} ${name}`}
          onClick={() => void navigator.clipboard.writeText(text).then(() => message.success(w.copied))}
        >
          {w.copy}
        </Button>
      </dd>
    </div>
  )
}
