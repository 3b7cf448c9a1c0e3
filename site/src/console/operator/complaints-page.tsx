import type { ComplaintCase } from '@skills/contract/quality.ts'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ComplaintView } from '../complaint-view.tsx'
import { CursorList } from '../cursor-list.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { useDoing } from '../use-doing.ts'
import { operatorQualityText } from './quality.text.ts'

const w = operatorQualityText[pageLanguage()]

const ask = (query: { limit: string; cursor?: string }) => callAsMe('listOpenComplaints', { query })

/** Complaints that are not closed, those about safety first and then the longest waiting, with the decision where it is an operator's turn. */
export default function ComplaintsPage() {
  const pages = useCursorPages<ComplaintCase, { items: ComplaintCase[]; next: string | null }>(ask)
  return (
    <section className="stack">
      <h2>{w.complaints}</h2>
      <CursorList pages={pages} more={w.more} empty={<NothingYet title={w.noComplaints} hint={w.noComplaintsHint} />}>
        {(items) => items.map((one) => <Case key={one.id} complaint={one} changed={pages.again} />)}
      </CursorList>
    </section>
  )
}

/** One complaint; who looks at the name makes a version of it, which she decides on. */
function Case({ complaint, changed }: { complaint: ComplaintCase; changed: () => void }) {
  const [looked, setLooked] = useState(0)
  const version = Math.max(looked, complaint.version)
  return (
    <ComplaintView complaint={complaint} level={3}>
      <Who complaintId={complaint.id} looked={setLooked} />
      {complaint.state === 'with-operator' || complaint.kind === 'safety' ? (
        <Decision complaintId={complaint.id} version={version} changed={changed} />
      ) : (
        <p className="hint">{w.waits}</p>
      )}
      <p>
        <PlaceLink to={{ tab: 'sanctions', provider: complaint.providerId, complaint: complaint.id }}>{w.propose}</PlaceLink>
      </p>
    </ComplaintView>
  )
}

/** Who complained and what was sent with it; each look is recorded, of the file too. */
function Who({ complaintId: id, looked }: { complaintId: string; looked: (version: number) => void }) {
  const doing = useDoing()
  const [shown, setShown] = useState<{ name: string; url: string | undefined }>()
  const show = async () => {
    const params = { complaintId: id }
    const done = await doing.run(`name/${id}/${Date.now()}`, (key) => callAsMe('showComplainant', { params, key }))
    if (!done) return
    const { name, personId, fileId, version } = done.value
    looked(version)
    setShown({ name, url: undefined })
    if (personId === null || fileId === null) return
    const file = await doing.run(`file/${fileId}/${Date.now()}`, (key) =>
      callAsMe('showFile', { params: { personId, fileId }, body: { purpose: 'complaint' }, key }),
    )
    if (file) setShown({ name, url: file.value.url })
  }
  return (
    <div className="stack-s">
      {shown === undefined ? (
        <p>
          <Button size="small" loading={doing.busy} onClick={() => void show()}>
            {w.name}
          </Button>
        </p>
      ) : (
        <p className="row">
          <Tag>{shown.name}</Tag>
          {shown.url !== undefined && (
            <a href={shown.url} target="_blank" rel="noopener noreferrer">
              {w.file}
            </a>
          )}
        </p>
      )}
      <ProblemAlert failed={doing.failed} />
    </div>
  )
}

function Decision({ complaintId, version, changed }: { complaintId: string; version: number; changed: () => void }) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { message } = App.useApp()
  const decide = async (upheld: boolean) => {
    setMissing(reason.trim() === '')
    if (reason.trim() === '') return
    const body = { upheld, reason: reason.trim(), version }
    const done = await doing.run(`decide/${complaintId}/${JSON.stringify(body)}`, (key) =>
      callAsMe('decideComplaint', { params: { complaintId }, body, key }),
    )
    if (!done) return
    message.success(w.decided)
    changed()
  }
  return (
    <div className="stack-s">
      <ReasonField
        label={w.reason}
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
      <ProblemAlert failed={doing.failed} />
      <p className="row">
        <Button type="primary" loading={doing.busy} onClick={() => void decide(true)}>
          {w.uphold}
        </Button>
        <Button disabled={doing.busy} onClick={() => void decide(false)}>
          {w.dismiss}
        </Button>
      </p>
    </div>
  )
}
