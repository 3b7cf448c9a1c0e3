import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { App, Button, Input } from 'antd'
import { useId, useState, type FormEvent } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { invoicesText } from './invoices.text.ts'

const w = invoicesText[pageLanguage()]
interface Parts {
  providerId: string
  invoice: InvoiceRequest
  recorded: (invoice: InvoiceRequest) => void
}

/** The number of an issued invoice, or the way to record it: once, so it is looked at before. */
export function InvoiceNumber({ providerId, invoice, recorded }: Parts) {
  const [open, setOpen] = useState(false)
  const [number, setNumber] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { message } = App.useApp()
  const field = useId()
  if (invoice.number !== null) return <span className="figures">{invoice.number}</span>
  if (!open)
    return (
      <Button size="small" aria-label={w.recordFor(invoice.id)} onClick={() => setOpen(true)}>
        {w.record}
      </Button>
    )
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const typed = number.replace(/\s/g, '')
    setMissing(!/^\d{8,20}$/.test(typed))
    if (!/^\d{8,20}$/.test(typed)) return
    const done = await doing.run(`invoice-number/${invoice.id}/${typed}`, (key) =>
      callAsMe('recordInvoice', { params: { providerId, invoiceId: invoice.id }, body: { number: typed }, key }),
    )
    if (!done) return
    message.success(w.done)
    recorded(done.value)
  }
  return (
    <form className="stack-s" onSubmit={(event) => void save(event)}>
      <label htmlFor={field}>{w.numberLabel}</label>
      <Input
        id={field}
        autoFocus
        autoComplete="off"
        inputMode="numeric"
        maxLength={30}
        value={number}
        status={missing ? 'error' : ''}
        aria-invalid={missing}
        aria-describedby={`${field}-hint`}
        onChange={(event) => {
          setNumber(event.target.value)
          setMissing(false)
          doing.forget()
        }}
      />
      <p id={`${field}-hint`} className={missing ? 'field-error' : 'hint'} role={missing ? 'alert' : undefined}>
        {missing ? w.needNumber : w.once}
      </p>
      <ProblemAlert failed={doing.failed} />
      <p className="row">
        <SubmitButton busy={doing.busy}>{w.save}</SubmitButton>
        <Button disabled={doing.busy} onClick={() => setOpen(false)}>
          {w.cancel}
        </Button>
      </p>
    </form>
  )
}
