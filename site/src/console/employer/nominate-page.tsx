import { yuan } from '@skills/contract/money.ts'
import { App, Form, Input, Radio, Tag } from 'antd'
import { useState } from 'react'
import { DataTable } from '../data-table.tsx'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import type { PublishedRun } from '../published-runs.ts'
import { RemarksTable } from '../remarks-table.tsx'
import { RunPicker } from '../run-picker.tsx'
import type { AnswerOf } from '../use-answer.ts'
import { FileItem, UploadForm } from '../upload-form.tsx'
import { useDoing } from '../use-doing.ts'
import { employerText } from './employer.text.ts'
import { nominateText } from './nominate.text.ts'
import { pastedList } from './pasted-list.ts'

const lang = pageLanguage()
const w = nominateText[lang]
const mostBytes = 1_000_000
type Report = AnswerOf<'nominate'>
type Nominee = Report['nominees'][number]

interface Draft {
  run?: PublishedRun
  how: 'paste' | 'file'
  lines?: string
  file?: File
}

/** Who of a list could take a seat of a run. The list is used once and kept nowhere. */
export default function NominatePage({ employerId }: { employerId: string }) {
  const [form] = Form.useForm<Draft>()
  const how = Form.useWatch('how', form)
  // Lines that were pasted have no heading above them, as the rows of a file do.
  const [report, setReport] = useState<{ of: Report; heading: 0 | 1 }>()
  const doing = useDoing()
  const { message } = App.useApp()
  const check = async ({ run, how: way, lines, file }: Draft) => {
    if (!run) return
    const body = way === 'file' ? file : new Blob([pastedList(lines ?? '')], { type: 'text/csv' })
    if (!body) return
    const answer = await doing.run(`nominate/${crypto.randomUUID()}`, (key) =>
      callAsMe('nominate', { params: { employerId }, query: { run: run.id }, body, key }),
    )
    if (!answer) return
    setReport({ of: answer.value, heading: way === 'file' ? 0 : 1 })
    const able = answer.value.nominees.filter(can).length
    message.info(w.summary(able, answer.value.nominees.length))
  }
  return (
    <section>
      <p className="crumbs">
        <PlaceLink to={{ employer: employerId }}>{employerText[lang].back}</PlaceLink>
      </p>
      <h2>{w.title}</h2>
      <p className="soft">{w.hint}</p>
      <UploadForm<Draft>
        form={form}
        initial={{ how: 'paste' }}
        busy={doing.busy}
        failed={doing.failed}
        send={w.check}
        working={w.working}
        onChange={() => setReport(undefined)}
        onSend={(draft) => void check(draft)}
        fields={
          <>
            <Form.Item name="run" label={w.run} rules={[{ required: true, message: w.needRun }]}>
              <RunPicker />
            </Form.Item>
            <Form.Item name="how" label={w.how}>
              <Radio.Group options={(['paste', 'file'] as const).map((value) => ({ value, label: w.ways[value] }))} />
            </Form.Item>
            {how === 'file' ? (
              <FileItem words={w} mostBytes={mostBytes} />
            ) : (
              <Form.Item
                name="lines"
                label={w.paste}
                extra={w.pasteHint}
                rules={[{ required: true, whitespace: true, message: w.needPaste }]}
              >
                <Input.TextArea rows={5} autoComplete="off" spellCheck={false} />
              </Form.Item>
            )}
          </>
        }
      >
        {report && <NominationReport report={report.of} heading={report.heading} />}
      </UploadForm>
    </section>
  )
}

const can = ({ registered, obstacles }: Nominee) => registered && obstacles.length === 0

/** Who would get a subsidy, and how much it is in all: a seat that the firm buys has none. */
function subsidies(nominees: readonly Nominee[]): string {
  const funded = nominees.filter((one) => can(one) && one.subsidyFen > 0)
  return w.sums(funded.length, yuan(funded.reduce((sum, { subsidyFen }) => sum + subsidyFen, 0)))
}

function NominationReport({ report: { nominees, remarks }, heading }: { report: Report; heading: 0 | 1 }) {
  if (nominees.length === 0 && remarks.length === 0) return <NothingYet title={w.none} hint={w.pasteHint} />
  return (
    <div className="stack">
      <h3>{w.summary(nominees.filter(can).length, nominees.length)}</h3>
      {nominees.length > 0 && <p data-subsidies>{subsidies(nominees)}</p>}
      <DataTable<Nominee>
        label={w.title}
        rowKey="row"
        dataSource={nominees}
        pageSize={50}
        columns={[
          { title: w.row, render: (_, { row }) => row - heading, width: 70 },
          { title: w.who, dataIndex: 'maskedName' },
          {
            title: w.can,
            render: (_, nominee) => (
              <div className="nominee-can">
                <Tag color={can(nominee) ? 'success' : 'warning'}>{can(nominee) ? w.yes : nominee.registered ? w.no : w.unregistered}</Tag>
                {nominee.obstacles.map(({ code, detail }) => (
                  <span key={code} className="small soft">
                    {detail[lang]}
                  </span>
                ))}
              </div>
            ),
          },
          { title: w.subsidy, align: 'right', render: (_, { subsidyFen }) => <Money fen={subsidyFen} /> },
        ]}
      />
      {remarks.length > 0 && (
        <>
          <h4>{w.remarks}</h4>
          <RemarksTable remarks={remarks.map((one) => ({ ...one, row: one.row - heading }))} />
        </>
      )}
    </div>
  )
}
