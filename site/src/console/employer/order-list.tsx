import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import { Button, Tag } from 'antd'
import { moment } from '../../dates.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { Chart } from '../chart.tsx'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { employerText } from './employer.text.ts'
import { seatCounts } from './seat-counts.ts'
import { WaitingList } from './waiting-list.tsx'

const lang = pageLanguage()
const w = employerText[lang]
export const orderColor = { 'awaiting-payment': 'warning', paid: 'success', lapsed: 'default', cancelled: 'default' } as const

/** All group orders of a firm: how their seats are used, and each with its state. */
export function OrderList({ employerId, manages }: { employerId: string; manages: boolean }) {
  const asked = useAnswer('listGroupOrders', { params: { employerId } })
  const buy = () => go({ employer: employerId, do: 'buy' })
  return (
    <section aria-labelledby="orders-title">
      <div className="console-title">
        <h2 id="orders-title">{w.orders}</h2>
        <div className="row">
          <Button onClick={() => go({ employer: employerId, do: 'nominate' })}>{w.nominate}</Button>
          {manages && (
            <Button type="primary" onClick={buy}>
              {w.buy}
            </Button>
          )}
        </div>
      </div>
      {manages && <WaitingList employerId={employerId} />}
      <Answered asked={asked}>
        {({ groupOrders }) =>
          groupOrders.length === 0 ? (
            <NothingYet title={w.none} hint={manages ? w.noneHint : w.noneNominator}>
              {manages && (
                <Button type="primary" onClick={buy}>
                  {w.buy}
                </Button>
              )}
            </NothingYet>
          ) : (
            <div className="stack">
              <SeatChart orders={groupOrders.filter(({ state }) => state === 'paid').slice(0, 10)} />
              <ul className="program-list">
                {groupOrders.map((order) => (
                  <OrderCard key={order.id} order={order} />
                ))}
              </ul>
            </div>
          )
        }
      </Answered>
    </section>
  )
}

function SeatChart({ orders }: { orders: readonly GroupOrder[] }) {
  if (orders.length === 0) return null
  const counts = orders.map(seatCounts)
  return (
    <div className="card">
      <Chart
        lying
        label={w.seatChart}
        names={orders.map(({ title }) => title[lang])}
        series={[
          { name: w.seats.accepted, color: 'brand', values: counts.map(({ accepted }) => accepted) },
          { name: w.seats.open, color: 'tag', values: counts.map(({ open }) => open) },
          { name: w.seats.unassigned, color: 'line-strong', values: counts.map(({ unassigned }) => unassigned) },
        ]}
        say={(seats) => w.seatsN(seats)}
        axis={(seats) => (Number.isInteger(seats) ? String(seats) : '')}
      />
    </div>
  )
}

const OrderCard = ({ order }: { order: GroupOrder }) => (
  <li className="card program-card" data-order={order.id}>
    <div className="program-card-head">
      <h3>
        <PlaceLink to={{ employer: order.employerId, order: order.id }}>{order.title[lang]}</PlaceLink>
      </h3>
      <Tag color={orderColor[order.state]}>{w.state[order.state]}</Tag>
    </div>
    <p className="soft small">
      {w.seatsN(order.seats)} · {w.each(yuan(order.seatFen))} · {moment(order.createdAt, lang)}
    </p>
    <p>
      {w.total} <Money fen={order.totalFen} />
    </p>
    {order.state === 'paid' && <SeatMeter order={order} />}
  </li>
)

/** The seats of one order as a bar with its counts. */
export function SeatMeter({ order }: { order: GroupOrder }) {
  const counts = seatCounts(order)
  const parts = [
    { key: 'accepted', part: 'spent' },
    { key: 'open', part: 'reserved' },
    { key: 'unassigned', part: 'available' },
  ] as const
  return (
    <div className="budget small">
      <div className="budget-bar" role="img" aria-label={parts.map(({ key }) => `${w.seats[key]} ${counts[key]}`).join(', ')}>
        {parts.map(({ key, part }) =>
          counts[key] > 0 ? <span key={key} className={`part-${part}`} style={{ flexGrow: counts[key] }} /> : null,
        )}
      </div>
      <ul className="budget-line small">
        {parts.map(({ key, part }) => (
          <li key={key} data-seats={key}>
            <span className={`swatch part-${part}`} aria-hidden="true" />
            {w.seats[key]} <b className="figures">{counts[key]}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}
