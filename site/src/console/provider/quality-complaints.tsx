import type { ComplaintCase } from '@skills/contract/quality.ts'
import { App, Button, Tag } from 'antd'
import { useCallback, useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ComplaintView } from '../complaint-view.tsx'
import { CursorList } from '../cursor-list.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { useDoing } from '../use-doing.ts'
import { qualityText } from './quality.text.ts'
import { SpeakForm } from './speak-form.tsx'

const lang = pageLanguage()
const w = qualityText[lang]

/** The complaints about a provider, the newest first, with the answer where one is due. */
export function QualityComplaints({ providerId }: { providerId: string }) {
  const ask = useCallback(
    (query: { limit: string; cursor?: string }) => callAsMe('listComplaints', { params: { providerId }, query }),
    [providerId],
  )
  const pages = useCursorPages<ComplaintCase, { items: ComplaintCase[]; next: string | null }>(ask)
  return (
    <section className="stack" aria-labelledby="complaints-title">
      <h3 id="complaints-title">{w.complaints}</h3>
      <CursorList pages={pages} more={w.more} empty={<NothingYet title={w.noComplaints} hint={w.noComplaintsHint} />}>
        {(items) =>
          items.map((one) => (
            <ComplaintView key={one.id} complaint={one} level={4}>
              {one.nameShown && <Name complaint={one} />}
              {one.answer === null && one.closedAt === null && <Answer complaint={one} changed={pages.again} />}
            </ComplaintView>
          ))
        }
      </CursorList>
    </section>
  )
}

/** The name of who complained, where she agreed; each look is recorded. */
function Name({ complaint: { id, version } }: { complaint: ComplaintCase }) {
  const doing = useDoing()
  const [name, setName] = useState<string>()
  const show = async () => {
    const done = await doing.run(`name/${id}/${version}/${Date.now()}`, (key) =>
      callAsMe('showComplainant', { params: { complaintId: id }, key }),
    )
    if (done) setName(done.value.name)
  }
  return (
    <div>
      {name === undefined ? (
        <Button size="small" loading={doing.busy} onClick={() => void show()}>
          {w.showName}
        </Button>
      ) : (
        <Tag>{name}</Tag>
      )}
      <ProblemAlert failed={doing.failed} />
    </div>
  )
}

function Answer({ complaint: { id, state }, changed }: { complaint: ComplaintCase; changed: () => void }) {
  const { message } = App.useApp()
  return (
    <>
      {state === 'with-operator' && <p className="hint">{w.overdue}</p>}
      <SpeakForm
        label={w.answerLabel}
        hint={w.answerHint}
        send={w.send}
        what={`answer/${id}`}
        call={(text, key) => callAsMe('answerComplaint', { params: { complaintId: id }, body: { text }, key })}
        done={() => {
          message.success(w.sent)
          changed()
        }}
      />
    </>
  )
}
