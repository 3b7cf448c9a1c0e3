import type { Problem } from '@skills/contract/client.ts'
import { dateAt } from '@skills/contract/time.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { pageLanguage } from '../../language.ts'
import { download } from '../download.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { invoicesText } from './invoices.text.ts'

const w = invoicesText[pageLanguage()]
type Format = 'csv' | 'xlsx'
/** An export under way or broken off: which file is the next one, and from where it goes on. */
interface Part {
  format: Format
  number: number
  cursor: string | undefined
}

/** Exports what is chosen: one file after the other until all are there. One that breaks off goes on with the file that is missing. */
export function InvoicesExports({ providerId, wanted }: { providerId: string; wanted: Record<string, string> }) {
  const [part, setPart] = useState<Part>()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const [done, setDone] = useState<number>()
  const get = async (from: Part) => {
    setBusy(true)
    setFailed(undefined)
    setDone(undefined)
    let now: Part | undefined = from
    try {
      while (now !== undefined) {
        setPart(now)
        const { format, number, cursor }: Part = now
        const query: Record<string, string> = { ...wanted, format, ...(cursor === undefined ? {} : { cursor }) }
        const name = `${w.file}-${wanted['month'] ?? dateAt(new Date().toISOString())}${number === 1 ? '' : `-${number}`}.${format}`
        const answer = await download('exportInvoices', { providerId }, query, name)
        if (answer.problem) {
          setFailed(answer)
          break
        }
        if (answer.next === null) setDone(number)
        now = answer.next === null ? undefined : { format, number: number + 1, cursor: answer.next }
      }
      if (now === undefined) setPart(undefined)
    } catch {
      setFailed({ problem: undefined })
    }
    setBusy(false)
  }
  return (
    <div className="stack-s">
      <div className="row">
        {(['csv', 'xlsx'] as const).map((format) => (
          <Button
            key={format}
            loading={busy && part?.format === format}
            disabled={busy}
            onClick={() => void get({ format, number: 1, cursor: undefined })}
          >
            {busy && part?.format === format ? w.exporting(part.number) : w[format]}
          </Button>
        ))}
      </div>
      <p className="small soft">{w.exportHint}</p>
      <p className="small" role="status">
        {done === undefined ? '' : w.exported(done)}
      </p>
      <ProblemAlert failed={failed} {...(part === undefined || busy ? {} : { again: () => void get(part) })} />
    </div>
  )
}
