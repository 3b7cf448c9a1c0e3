import type { Sponsor } from '@skills/contract/funding.ts'
import type { RosterReport } from '@skills/contract/rosters.routes.ts'
import { App, Button, Form, Progress, Statistic } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { DateField } from '../date-field.tsx'
import { FileField } from '../file-field.tsx'
import { PlaceLink } from '../place-link.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { RemarksTable } from '../remarks-table.tsx'
import { useDoing } from '../use-doing.ts'
import { rosterText } from './roster.text.ts'
import { unionText } from './union.text.ts'

const lang = pageLanguage()
const w = rosterText[lang]
const mostBytes = 4_000_000

interface Draft {
  file?: File
  until?: string
}

/** Imports a roster: what is kept is said first, then a dry run's report, then the same file is written. */
export default function RosterPage({ sponsor }: { sponsor: Sponsor }) {
  const [form] = Form.useForm<Draft>()
  const [report, setReport] = useState<{ of: RosterReport; draft: Required<Draft> }>()
  const doing = useDoing()
  const { modal } = App.useApp()

  const send = async (draft: Required<Draft>, write: boolean) => {
    const { file, until } = draft
    const answer = await doing.run(`roster/${sponsor.id}/${file.name}/${file.size}/${file.lastModified}/${until}/${write}`, (key) =>
      callAsMe('importRoster', {
        params: { sponsorId: sponsor.id },
        query: write ? { until, write: 'yes' } : { until },
        body: file,
        key,
      }),
    )
    if (answer) setReport({ of: answer.value, draft })
  }
  const write = () => {
    if (!report) return
    const people = report.of.matched + report.of.unmatched
    modal.confirm({ title: w.sure(people, report.draft.until), okText: w.yes, onOk: () => send(report.draft, true) })
  }
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
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        className="card roster-form"
        disabled={doing.busy}
        onValuesChange={() => setReport(undefined)}
        onFinish={(draft) => void send(draft as Required<Draft>, false)}
      >
        <Form.Item
          name="file"
          label={w.file}
          extra={w.fileHint}
          rules={[
            { required: true, message: w.needFile },
            { validator: (_, file?: File) => (file && file.size > mostBytes ? Promise.reject(new Error(w.tooBig)) : Promise.resolve()) },
          ]}
        >
          <FileField choose={w.choose} />
        </Form.Item>
        <Form.Item name="until" label={w.until} extra={w.untilHint} rules={[{ required: true, message: w.needUntil }]}>
          <DateField />
        </Form.Item>
        <Button type={report ? 'default' : 'primary'} htmlType="submit" loading={doing.busy}>
          {w.dry}
        </Button>
      </Form>
      <div aria-live="polite">
        {doing.busy && (
          <div className="working">
            <Progress percent={100} status="active" showInfo={false} aria-label={w.working} />
            <p className="soft">{w.working}</p>
          </div>
        )}
        <ProblemAlert failed={doing.failed} />
        {report && !doing.busy && <Report report={report.of} write={write} />}
      </div>
    </section>
  )
}

function Report({ report, write }: { report: RosterReport; write: () => void }) {
  const people = report.matched + report.unmatched
  return (
    <div className="card stack" data-written={report.written}>
      <h3>{report.written ? w.writtenTitle : w.dryTitle}</h3>
      <div className="counts">
        <Statistic title={w.rows} value={report.rows} />
        <Count name={w.matched} hint={w.matchedHint} value={report.matched} />
        <Count name={w.unmatched} hint={w.unmatchedHint} value={report.unmatched} />
        <Count name={w.malformed} hint={w.malformedHint} value={report.malformed} />
      </div>
      {report.notReached > 0 && <p className="notice warn">{w.notReached(report.notReached)}</p>}
      {!report.written && people > 0 && (
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
