import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { dateAt } from '@skills/contract/time.ts'
import { Button, Radio, Select, Tag } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Money } from '../money.tsx'
import { PagedTable } from '../union/paged-table.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { InvoicesExports } from './invoices-exports.tsx'
import { InvoiceNumber } from './invoices-number.tsx'
import { invoicesText } from './invoices.text.ts'
import type { TabProps } from './tabs.ts'

const lang = pageLanguage()
const w = invoicesText[lang]
const shows = ['all', 'open', 'issued', 'red'] as const
type Show = (typeof shows)[number]
type Page = { items: InvoiceRequest[]; next: string | null }

/** This month and the 23 before it: what is older is in the list of all. */
function lastMonths(): string[] {
  const [year = 0, month = 0] = dateAt(new Date().toISOString()).split('-').map(Number)
  return Array.from({ length: 24 }, (_, back) => {
    const months = year * 12 + month - 1 - back
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
  })
}

/** Invoices of a provider: what is to be issued to whom, the numbers of what was, and files for the tax system. */
export default function InvoicesTab({ providerId }: TabProps) {
  const [show, setShow] = useState<Show>('open')
  const [month, setMonth] = useState('')
  const wanted = useMemo(() => ({ ...(show === 'all' ? {} : { show }), ...(month === '' ? {} : { month }) }), [show, month])
  return (
    <section className="stack" aria-labelledby="invoices-title">
      <div className="console-title">
        <div>
          <h2 id="invoices-title">{w.title}</h2>
          <p className="soft">{w.hint}</p>
        </div>
      </div>
      <div className="card stack-s">
        <label htmlFor="invoices-month">{w.month}</label>
        <Select
          id="invoices-month"
          value={month}
          options={[{ value: '', label: w.allMonths }, ...lastMonths().map((value) => ({ value, label: value }))]}
          onChange={setMonth}
        />
        <div>
          <Radio.Group
            aria-label={w.show}
            value={show}
            options={shows.map((value) => ({ value, label: w.shows[value] }))}
            onChange={(event) => setShow(event.target.value as Show)}
          />
        </div>
        <InvoicesExports key={JSON.stringify(wanted)} providerId={providerId} wanted={wanted} />
      </div>
      <Requests key={JSON.stringify(wanted)} providerId={providerId} wanted={wanted} />
    </section>
  )
}

function Requests({ providerId, wanted }: { providerId: string; wanted: Record<string, string> }) {
  const ask = useCallback(
    (page: { limit: string; cursor?: string }) => callAsMe('listInvoices', { params: { providerId }, query: { ...wanted, ...page } }),
    [providerId, wanted],
  )
  const pages = useCursorPages<InvoiceRequest, Page>(ask)
  // What was recorded since the list was read.
  const [recorded, setRecorded] = useState<Record<string, InvoiceRequest>>({})
  const items = pages.items?.map((one) => recorded[one.id] ?? one)
  if (items?.length === 0 && pages.next !== null)
    return (
      <p className="row">
        <span className="soft">{w.noneOfPage}</span>
        <Button loading={pages.loading} onClick={pages.more}>
          {w.more}
        </Button>
      </p>
    )
  return (
    <PagedTable<InvoiceRequest>
      pages={{ ...pages, items }}
      label={w.list}
      none={w.none}
      noneHint={w.noneHint}
      rowKey={({ id }) => id}
      columns={[
        {
          title: w.at,
          render: (_, { requestedAt, id }) => (
            <>
              {moment(requestedAt, lang)} <span className="soft small">{id}</span>
            </>
          ),
        },
        {
          title: w.kind,
          render: (_, { kind, of }) => (
            <>
              <Tag color={kind === 'red' ? 'error' : 'processing'}>{w.kinds[kind]}</Tag>
              {of !== null && <span className="soft small">{w.takesBack(of)}</span>}
            </>
          ),
        },
        {
          title: w.payer,
          render: (_, { payer, title, taxNumber }) => (
            <>
              {w.payers[payer]} · {title ?? <span className="soft">{w.noTitle}</span>}
              {taxNumber !== null && <span className="soft small figures"> {taxNumber}</span>}
            </>
          ),
        },
        { title: w.item, dataIndex: 'item' },
        { title: w.sum, align: 'right', render: (_, { fen }) => <Money fen={fen} /> },
        {
          title: w.number,
          render: (_, invoice) => (
            <InvoiceNumber
              providerId={providerId}
              invoice={invoice}
              recorded={(done) => setRecorded((before) => ({ ...before, [done.id]: done }))}
            />
          ),
        },
      ]}
    />
  )
}
