import type { Sponsor } from '@skills/contract/funding.ts'
import type { RosterReport } from '@skills/contract/rosters.routes.ts'
import { App, Button, Form, Statistic } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { PlaceLink } from '../place-link.tsx'
import { RemarksTable } from '../remarks-table.tsx'
import { FileItem, UploadForm } from '../upload-form.tsx'
import { useDoing } from '../use-doing.ts'
import { reached, together } from './roster-parts.ts'
import { rosterText } from './roster.text.ts'
import { unionText } from './union.text.ts'

const lang = pageLanguage()
const w = rosterText[lang]
const mostBytes = 4_000_000

interface Draft {
  file?: File
  until?: string
}

/** A row by row report of one file, of which parts may still be missing. */
interface Sent {
  of: RosterReport
  draft: Required<Draft>
  write: boolean
}

/** So often a part that got no further is tried again, after a pause that grows. */
const triesWithoutStep = 3
const pauseMs = 2_000

/** Imports a roster: what is kept is said first, then a dry run's report, then the same file is written. A file that takes longer than one call goes on by itself. */
export default function RosterPage({ sponsor }: { sponsor: Sponsor }) {
  const [form] = Form.useForm<Draft>()
  const [sent, setSent] = useState<Sent>()
  const [busy, setBusy] = useState(false)
  const doing = useDoing()
  const { modal } = App.useApp()

  const send = async (draft: Required<Draft>, write: boolean, before?: RosterReport) => {
    const { file, until } = draft
    const what = `roster/${sponsor.id}/${file.name}/${file.size}/${file.lastModified}/${until}/${write}`
    let of = before
    setBusy(true)
    for (let still = 0; still < triesWithoutStep && (of === undefined || of.next !== null);) {
      const from = of?.next ?? undefined
      const answer = await doing.run(`${what}/${from ?? ''}`, (key) =>
        callAsMe('importRoster', {
          params: { sponsorId: sponsor.id },
          query: { until, ...(write ? { write: 'yes' as const } : {}), ...(from === undefined ? {} : { from: String(from) }) },
          body: file,
          key,
        }),
      )
      if (!answer) break
      still = answer.value.next === from && from !== undefined ? still + 1 : 0
      of = together(of, answer.value)
      setSent({ of, draft, write })
      if (still > 0) await new Promise((resolve) => setTimeout(resolve, still * pauseMs))
    }
    setBusy(false)
  }
  const write = () => {
    if (!sent) return
    const { done } = reached(sent.of)
    modal.confirm({ title: w.sure(done, sent.draft.until), okText: w.yes, onOk: () => void send(sent.draft, true) })
  }
  const way = sent && busy ? reached(sent.of) : undefined
  const onWay = way !== undefined && way.done < way.all
  return (
    <section>
      <p className="crumbs">
        <PlaceLink to={{ sponsor: sponsor.id }}>{unionText[lang].programs}</PlaceLink>
      </p>
      <h2>{w.title}</h2>
      <div className="notice">
        <div>
          <strong>{w.kept}</strong>
          <ul>
            {w.keptList.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      </div>
      <UploadForm<Draft>
        form={form}
        busy={busy}
        failed={doing.failed}
        send={w.dry}
        next={sent === undefined}
        working={onWay ? w.onWay(way.done, way.all) : w.working}
        percent={onWay ? Math.floor((way.done / way.all) * 100) : undefined}
        onChange={() => setSent(undefined)}
        onSend={(draft) => void send(draft as Required<Draft>, false)}
        fields={
          <>
            <FileItem words={w} mostBytes={mostBytes} />
            <Form.Item name="until" label={w.until} extra={w.untilHint} rules={[{ required: true, message: w.needUntil }]}>
              <DateField />
            </Form.Item>
          </>
        }
      >
        {sent && <Report report={sent.of} write={write} goOn={() => void send(sent.draft, sent.write, sent.of)} />}
      </UploadForm>
    </section>
  )
}

function Report({ report, write, goOn }: { report: RosterReport; write: () => void; goOn: () => void }) {
  const people = reached(report).done
  return (
    <div className="card stack" data-written={report.written}>
      <h3>{report.written ? w.writtenTitle : w.dryTitle}</h3>
      <div className="counts">
        <Statistic title={w.rows} value={report.rows} />
        <Count name={w.matched} hint={w.matchedHint} value={report.matched} />
        <Count name={w.unmatched} hint={w.unmatchedHint} value={report.unmatched} />
        <Count name={w.malformed} hint={w.malformedHint} value={report.malformed} />
      </div>
      {report.next !== null && (
        <div className="notice warn">
          <p>{w.notReached(report.notReached)}</p>
          <Button type="primary" onClick={goOn}>
            {w.goOn}
          </Button>
        </div>
      )}
      {!report.written && report.next === null && people > 0 && (
        <div>
          <Button type="primary" onClick={write}>
            {w.write(people)}
          </Button>
        </div>
      )}
      {report.remarks.length === 0 ? (
        <p className="soft">{w.none}</p>
      ) : (
        <>
          <h4>{w.remarks}</h4>
          <RemarksTable remarks={report.remarks} />
        </>
      )}
    </div>
  )
}

const Count = ({ name, hint, value }: { name: string; hint: string; value: number }) => (
  <div>
    <Statistic title={name} value={value} />
    <p className="small soft">{hint}</p>
  </div>
)
