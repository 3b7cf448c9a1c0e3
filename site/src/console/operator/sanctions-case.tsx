import type { SanctionCase } from '@skills/contract/quality.ts'
import { App, Button, InputNumber } from 'antd'
import { useId, useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { SanctionView } from '../sanction-view.tsx'
import { useDoing } from '../use-doing.ts'
import { operatorQualityText } from './quality.text.ts'

const w = operatorQualityText[pageLanguage()]

/** A sanction before an operator, with what she may do: confirm or withdraw it, or decide the appeal. */
export function SanctionsCase({ sanction, changed }: { sanction: SanctionCase; changed: () => void }) {
  const { may, state, appeal } = sanction
  const waits = state === 'proposed' || (appeal !== null && appeal.outcome === null)
  return (
    <SanctionView sanction={sanction} named>
      {may.length > 0 ? <Ways sanction={sanction} changed={changed} /> : waits && <p className="hint">{w.notYours}</p>}
    </SanctionView>
  )
}

function Ways({ sanction: { id, version, may }, changed }: { sanction: SanctionCase; changed: () => void }) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [days, setDays] = useState<number | null>(null)
  const doing = useDoing()
  const { message } = App.useApp()
  const field = useId()
  const params = { sanctionId: id }
  const said = reason.trim()
  /** Does it with a reason, or without where none is asked for. */
  const act = async (what: string, word: string, needs: boolean, call: (key: string) => ReturnType<typeof confirm>) => {
    setMissing(needs && said === '')
    if (needs && said === '') return
    if (!(await doing.run(`sanction/${id}/${version}/${what}/${said}/${days}`, call))) return
    message.success(word)
    changed()
  }
  const confirm = (key: string) => callAsMe('confirmSanction', { params, body: { version }, key })
  const withdraw = (key: string) => callAsMe('withdrawSanction', { params, body: { reason: said }, key })
  const decide = (outcome: 'kept' | 'shortened' | 'lifted') => (key: string) =>
    callAsMe('decideAppeal', { params, body: { outcome, days: outcome === 'shortened' ? days : null, reason: said, version }, key })
  const appeals = may.includes('decide-appeal')
  return (
    <div className="stack-s">
      {(appeals || may.includes('withdraw')) && (
        <ReasonField
          label={w.note}
          hint={w.reasonHint}
          need={w.need}
          most={500}
          value={reason}
          missing={missing}
          changed={(words) => {
            setReason(words)
            setMissing(false)
          }}
        />
      )}
      {appeals && (
        <>
          <label htmlFor={field}>{w.total}</label>
          <InputNumber id={field} min={1} max={365} precision={0} value={days} onChange={setDays} />
        </>
      )}
      <ProblemAlert failed={doing.failed} />
      <p className="row">
        {may.includes('confirm') && (
          <Button type="primary" loading={doing.busy} onClick={() => void act('confirm', w.confirmed, false, confirm)}>
            {w.confirm}
          </Button>
        )}
        {may.includes('withdraw') && (
          <Button disabled={doing.busy} onClick={() => void act('withdraw', w.withdrawn, true, withdraw)}>
            {w.withdraw}
          </Button>
        )}
        {appeals && (
          <>
            <Button disabled={doing.busy} onClick={() => void act('kept', w.appealDecided, true, decide('kept'))}>
              {w.keep}
            </Button>
            <Button disabled={doing.busy} onClick={() => void act('shortened', w.appealDecided, true, decide('shortened'))}>
              {w.shorten}
            </Button>
            <Button disabled={doing.busy} onClick={() => void act('lifted', w.appealDecided, true, decide('lifted'))}>
              {w.lift}
            </Button>
          </>
        )}
      </p>
    </div>
  )
}
