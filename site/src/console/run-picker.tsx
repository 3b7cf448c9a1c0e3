import { yuan } from '@skills/contract/money.ts'
import { Alert, Button, Input, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { pageLanguage } from '../language.ts'
import { consoleText } from './console.text.ts'
import { findRuns, publishedRuns, type PublishedRun } from './published-runs.ts'

const lang = pageLanguage()
const w = consoleText[lang].picker
const most = 8

interface Parts {
  id?: string
  value?: PublishedRun | undefined
  onChange?: (run: PublishedRun | undefined) => void
  /** Only runs that cost something. */
  priced?: boolean
}

/** Chooses one run of the published catalog: a search field, and runs as buttons below it. */
export function RunPicker({ value, onChange, id, priced = false }: Parts) {
  const [runs, setRuns] = useState<PublishedRun[]>()
  const [lost, setLost] = useState(false)
  const [typed, setTyped] = useState('')
  useEffect(() => {
    publishedRuns(lang).then(setRuns, () => setLost(true))
  }, [])
  // What was pressed is gone then: the keyboard goes on at what took its place.
  const place = useRef<HTMLDivElement>(null)
  const pressed = useRef(false)
  const turn = (run: PublishedRun | undefined) => {
    pressed.current = true
    onChange?.(run)
  }
  useEffect(() => {
    if (pressed.current) place.current?.querySelector<HTMLElement>('button, input')?.focus()
    pressed.current = false
  }, [value])

  if (value)
    return (
      <div className="picked-run" ref={place}>
        <div>
          <span className="small soft">{w.chosen}</span>
          <RunLine run={value} />
        </div>
        <Button onClick={() => turn(undefined)}>{w.change}</Button>
      </div>
    )
  if (lost) return <Alert type="error" showIcon title={w.failed} />
  if (!runs) return <Skeleton active title={false} paragraph={{ rows: 3 }} />
  const found = findRuns(
    runs.filter(({ priceFen }) => !priced || priceFen > 0),
    typed,
  )
  return (
    <div className="run-picker" role="group" aria-label={w.label} ref={place}>
      <Input
        type="search"
        {...(id === undefined ? {} : { id })}
        allowClear
        aria-label={w.search}
        placeholder={w.placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="small soft" role="status">
        {found.length === 0 ? (runs.length === 0 ? w.noRuns : w.none) : found.length > most ? w.many(found.length) : ''}
      </p>
      <ul className="run-list">
        {found.slice(0, most).map((run) => (
          <li key={run.id}>
            <button type="button" data-run={run.id} onClick={() => turn(run)}>
              <RunLine run={run} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A run in two lines: what, and when, where, how much, how many seats. */
const RunLine = ({ run }: { run: PublishedRun }) => (
  <span className="run-line">
    <strong>{run.title}</strong>
    <span className="small soft">
      {[run.when, run.provider, yuan(run.priceFen), w.free(run.free, run.capacity)].filter(Boolean).join(' · ')}
    </span>
  </span>
)
