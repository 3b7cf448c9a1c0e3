import type { Problem } from '@skills/contract/client.ts'
import type { RosterLine } from '@skills/contract/learners.routes.ts'
import { Button, Tag } from 'antd'
import { useCallback, useState } from 'react'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { download } from '../download.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { PagedTable } from '../union/paged-table.tsx'
import { useCursorPages } from '../use-cursor-pages.ts'
import { RosterReveal } from './roster-reveal.tsx'
import { rosterText } from './roster.text.ts'

const lang = pageLanguage()
const w = rosterText[lang]

/** The learners of a run, page by page, with what a manager may ask about one of them. */
export function RosterList({ runId, manages }: { runId: string; manages: boolean }) {
  const ask = useCallback((query: { limit: string; cursor?: string }) => callAsMe('listRoster', { params: { runId }, query }), [runId])
  const pages = useCursorPages<RosterLine, { items: RosterLine[]; next: string | null }>(ask)
  const [open, setOpen] = useState<RosterLine>()
  return (
    <div className="stack">
      {!manages && <p className="soft small">{w.manager}</p>}
      <PagedTable<RosterLine>
        pages={pages}
        label={w.list}
        none={w.noLearners}
        noneHint={w.noLearnersHint}
        rowKey={({ enrollmentId }) => enrollmentId}
        above={() => <Exports runId={runId} />}
        columns={[
          { title: w.name, dataIndex: 'maskedName' },
          {
            title: w.contact,
            render: (_, line) =>
              line.state === 'cancelled' ? (
                <Tag>{w.state.cancelled}</Tag>
              ) : (
                <span className="row">
                  <Tag color={line.mayContact ? 'success' : 'default'}>{line.mayContact ? w.may : w.mayNot}</Tag>
                  {manages && (
                    <Button size="small" aria-label={w.revealOf(line.maskedName)} onClick={() => setOpen(line)}>
                      {w.reveal}
                    </Button>
                  )}
                </span>
              ),
          },
          { title: w.attended, render: (_, { soFar }) => <Attended soFar={soFar} /> },
          { title: w.since, render: (_, { claimedAt }) => moment(claimedAt, lang) },
        ]}
      />
      {open !== undefined && <RosterReveal key={open.enrollmentId} runId={runId} line={open} close={() => setOpen(undefined)} />}
    </div>
  )
}

function Attended({ soFar }: Pick<RosterLine, 'soFar'>) {
  if (soFar === null) return <span className="soft">{w.notTaken}</span>
  const { came, taken, minutes, outcome } = soFar
  return (
    <>
      {w.soFar(came, taken, minutes)}{' '}
      {outcome !== null && <Tag color={outcome === 'completed' ? 'success' : 'default'}>{w.outcome[outcome]}</Tag>}
    </>
  )
}

function Exports({ runId }: { runId: string }) {
  const [busy, setBusy] = useState<string>()
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const get = async (format: 'csv' | 'xlsx') => {
    setBusy(format)
    setFailed(undefined)
    try {
      const answer = await download('exportRoster', { runId }, { format }, `${w.file}.${format}`)
      if (answer.problem) setFailed(answer)
    } catch {
      setFailed({ problem: undefined })
    }
    setBusy(undefined)
  }
  return (
    <div className="stack-s">
      <div className="row end">
        {(['csv', 'xlsx'] as const).map((format) => (
          <Button key={format} loading={busy === format} disabled={busy !== undefined} onClick={() => void get(format)}>
            {w[format]}
          </Button>
        ))}
      </div>
      <p className="small soft">{w.exportHint}</p>
      <ProblemAlert failed={failed} />
    </div>
  )
}
