import type { Problem } from '@skills/contract/client.ts'
import type { Program } from '@skills/contract/funding.ts'
import { dateAt } from '@skills/contract/time.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { pageLanguage } from '../../language.ts'
import { download } from '../download.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { tabsText } from './tabs.text.ts'

const w = tabsText[pageLanguage()].grants
type Format = 'csv' | 'xlsx'

/** An export under way or broken off: which file is the next one, and from where it goes on. */
interface Part {
  format: Format
  number: number
  cursor: string | undefined
}

/** Exports everything a program granted: one file after the other until all are there. One that breaks off goes on with the file that is missing. */
export function GrantExports({ program }: { program: Program }) {
  const [part, setPart] = useState<Part>()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const [done, setDone] = useState<number>()
  const get = async (from: Part) => {
    const day = dateAt(new Date().toISOString())
    setBusy(true)
    setFailed(undefined)
    setDone(undefined)
    let now = from
    try {
      for (;;) {
        setPart(now)
        const { format, number, cursor } = now
        const query: Record<string, string> = cursor === undefined ? { format } : { format, cursor }
        const file = `${w.file}-${program.scheme}-${day}${number === 1 ? '' : `-${number}`}.${format}`
        const answer = await download('exportGrants', { programId: program.id }, query, file)
        if (answer.problem) {
          setFailed(answer)
          break
        }
        if (answer.next === null) {
          setPart(undefined)
          setDone(number)
          break
        }
        now = { format, number: number + 1, cursor: answer.next }
      }
    } catch {
      setFailed({ problem: undefined })
    }
    setBusy(false)
  }
  return (
    <div className="stack-s">
      <div className="row end">
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
      <p className="small soft">{w.exportLimit}</p>
      <p className="small" role="status">
        {done === undefined ? '' : w.exported(done)}
      </p>
      <ProblemAlert failed={failed} {...(part === undefined || busy ? {} : { again: () => void get(part) })} />
    </div>
  )
}
