import type { RosterLine } from '@skills/contract/learners.routes.ts'
import { Button, Form, Input, Tag } from 'antd'
import { useCallback, useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import type { PublishedRun } from '../published-runs.ts'
import { RunPicker } from '../run-picker.tsx'
import { PagedTable } from '../union/paged-table.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { MajeureForm } from './majeure-form.tsx'
import { majeureText } from './majeure.text.ts'

const lang = pageLanguage()
const w = majeureText[lang]

/** Force majeure: a run, one of its learners, what was looked at, what would go back, and doing it. */
export default function MajeurePage() {
  const [run, setRun] = useState<PublishedRun>()
  const [number, setNumber] = useState<string>()
  const runId = run?.id ?? number
  return (
    <section className="stack" aria-labelledby="majeure-title">
      <div>
        <h2 id="majeure-title">{w.title}</h2>
        <p className="soft">{w.hint}</p>
      </div>
      <section className="card stack-s" aria-labelledby="majeure-run">
        <h3 id="majeure-run">{w.run}</h3>
        <RunPicker
          value={run}
          onChange={(chosen) => {
            setRun(chosen)
            setNumber(undefined)
          }}
        />
        {run === undefined && (
          <Form layout="vertical" requiredMark={false} onFinish={({ run: typed }: { run: string }) => setNumber(typed.trim())}>
            <Form.Item
              name="run"
              label={w.byNumber}
              rules={[{ required: true, pattern: /^\s*run_[0-9A-Z]{26}\s*$/, message: w.numberHint }]}
            >
              <Input autoComplete="off" spellCheck={false} />
            </Form.Item>
            <Button htmlType="submit">{w.open}</Button>
          </Form>
        )}
      </section>
      {runId !== undefined && <Learners key={runId} runId={runId} />}
    </section>
  )
}

function Learners({ runId }: { runId: string }) {
  const ask = useCallback((query: { limit: string; cursor?: string }) => callAsMe('listRoster', { params: { runId }, query }), [runId])
  const pages = useCursorPages<RosterLine, { items: RosterLine[]; next: string | null }>(ask)
  const [chosen, setChosen] = useState<RosterLine>()
  return (
    <>
      <section className="card stack-s" aria-labelledby="majeure-learner">
        <h3 id="majeure-learner">{w.learner}</h3>
        <PagedTable<RosterLine>
          pages={pages}
          label={w.learners}
          none={w.none}
          noneHint={w.noneHint}
          rowKey={({ enrollmentId }) => enrollmentId}
          columns={[
            {
              title: w.name,
              render: (_, { maskedName, enrollmentId }) => (
                <>
                  {maskedName}
                  <br />
                  <span className="soft small breaks">{enrollmentId}</span>
                </>
              ),
            },
            {
              title: w.choose,
              render: (_, line) => {
                const said = chosen?.enrollmentId === line.enrollmentId ? w.chosen : w.choose
                return line.state === 'cancelled' ? (
                  <Tag>{w.cancelled}</Tag>
                ) : (
                  <Button
                    size="small"
                    aria-pressed={said === w.chosen}
                    aria-label={`${said} ${line.maskedName} ${line.enrollmentId}`}
                    onClick={() => setChosen(line)}
                  >
                    {said}
                  </Button>
                )
              },
            },
            { title: w.since, render: (_, { claimedAt }) => moment(claimedAt, lang) },
          ]}
        />
      </section>
      {chosen !== undefined && (
        <MajeureForm
          key={chosen.enrollmentId}
          line={chosen}
          done={() => {
            setChosen(undefined)
            pages.again()
          }}
        />
      )}
    </>
  )
}
