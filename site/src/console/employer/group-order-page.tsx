import { yuan } from '@skills/contract/money.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { App, Button, Tag } from 'antd'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { Money } from '../money.tsx'
import { PlaceLink } from '../place-link.tsx'
import { usePlace } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { employerText } from './employer.text.ts'
import { Invitations } from './invitations.tsx'
import { orderColor } from './order-list.tsx'
import { PayBox } from './pay-box.tsx'
import { RecordTransfer } from './record-transfer.tsx'

const lang = pageLanguage()
const w = employerText[lang]

interface Parts {
  groupOrderId: string
  employerId: string | undefined
  manages: boolean
  operates: boolean
}

/** One group order: what it costs and whether it is paid, then its people. Operators record transfers here. */
export default function GroupOrderPage({ groupOrderId, employerId, manages, operates }: Parts) {
  const place = usePlace()
  const asked = useAnswer('getGroupOrder', { params: { groupOrderId } })
  // What a change answers says nothing of invoices: what was known of them stays until the order is asked for again.
  const show = (order: GroupOrder) => {
    const known = asked.value?.invoices
    asked.show(known === undefined ? order : { invoices: known, ...order })
  }
  return (
    <section>
      <p className="crumbs">
        <PlaceLink to={employerId === undefined ? {} : { employer: employerId }}>
          {employerId === undefined ? w.operator.title : w.back}
        </PlaceLink>
      </p>
      <Answered asked={asked}>
        {(order) => {
          const own = order.employerId === employerId
          return (
            <div className="stack">
              <OrderHead order={order} manages={manages && own} show={show} />
              {order.state === 'awaiting-payment' && !operates && (
                <PayBox order={order} manages={manages && own} again={asked.again} back={place['paid'] === '1'} />
              )}
              {/* Also once it is paid or over: money that comes after all is recorded, and owed back. */}
              {operates && <RecordTransfer order={order} back={false} done={show} />}
              {operates && order.owed.transferFen > 0 && <RecordTransfer order={order} back done={show} />}
              {own && <Invitations order={order} show={show} />}
            </div>
          )
        }}
      </Answered>
    </section>
  )
}

function OrderHead({ order, manages, show }: { order: GroupOrder; manages: boolean; show: (order: GroupOrder) => void }) {
  const doing = useDoing()
  const { modal, message } = App.useApp()
  const live = order.state === 'awaiting-payment' || order.state === 'paid'
  const cancel = () =>
    modal.confirm({
      title: w.cancelTitle,
      content: order.state === 'paid' ? w.cancelPaid : w.cancelUnpaid,
      okText: w.cancel,
      okButtonProps: { danger: true },
      onOk: async () => {
        const answer = await doing.run(`cancel-group/${order.id}`, (key) =>
          callAsMe('cancelGroupOrder', { params: { groupOrderId: order.id }, body: {}, key }),
        )
        if (!answer) return
        message.success(w.cancelled)
        show(answer.value)
      },
    })
  return (
    <div className="card" data-state={order.state}>
      <div className="console-title flush">
        <div>
          <h2>{order.title[lang]}</h2>
          <p className="soft small">
            <Tag color={orderColor[order.state]}>{w.state[order.state]}</Tag> {w.stateHint[order.state]}
          </p>
        </div>
        {manages && live && (
          <Button danger loading={doing.busy} onClick={cancel}>
            {w.cancel}
          </Button>
        )}
      </div>
      <ProblemAlert failed={doing.failed} />
      <p className="order-total">
        <Money fen={order.totalFen} strong />
        <span className="soft">
          {w.seatsN(order.seats)} × {yuan(order.seatFen)} · {moment(order.createdAt, lang)}
        </span>
      </p>
      <ul className="order-lines">
        {order.paidBy !== null && <li>{w.paid(yuan(order.paidFen), w.create.ways[order.paidBy])}</li>}
        {order.paidBy === null && order.paidFen > 0 && <li>{w.got(yuan(order.paidFen))}</li>}
        {order.surplusFen > 0 && <li data-surplus>{w.surplus(yuan(order.surplusFen))}</li>}
        {(['transferFen', 'providerFen', 'failedFen'] as const).map(
          (way) =>
            order.owed[way] > 0 && (
              <li key={way} data-owed={way}>
                {w.owed[way](yuan(order.owed[way]))}
              </li>
            ),
        )}
        {order.refundedFen > 0 && <li>{w.refunded(yuan(order.refundedFen))}</li>}
        {order.invoiceTitle !== null && <li>{w.invoiceFor(order.invoiceTitle.title)}</li>}
        {order.invoices?.map(({ id, kind, fen, number }) => (
          <li key={id} data-invoice={kind}>
            {w.invoice[kind](yuan(fen))} · {number === null ? w.invoiceOpen : w.invoiceIssued(number)}
          </li>
        ))}
        <li className="small soft">{order.id}</li>
      </ul>
    </div>
  )
}
