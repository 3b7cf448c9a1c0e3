import type { File } from '@skills/contract/files.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useDoing } from '../use-doing.ts'
import { operatorText } from './operator.text.ts'

const w = operatorText[pageLanguage()]

/** Somebody's file: asked for with the purpose of a review, which is recorded, then a link that works for a moment. A link, because a window opened after an answer is taken for a pop-up. */
export function FileLink({ personId, file, label }: { personId: string; file: File | undefined; label: string }) {
  const doing = useDoing()
  const [url, setUrl] = useState<string>()
  if (file === undefined) return <span className="field-error">—</span>
  const ask = async () => {
    const params = { personId, fileId: file.id }
    const done = await doing.run(`file/${file.id}/${Date.now()}`, (key) =>
      callAsMe('showFile', { params, body: { purpose: 'application-review' }, key }),
    )
    if (!done) return
    setUrl(done.value.url)
    setTimeout(() => setUrl(undefined), 4.5 * 60_000)
  }
  return (
    <span>
      {`${file.name} `}
      {url === undefined ? (
        <Button size="small" loading={doing.busy} aria-label={`${w.show} ${label}`} onClick={() => void ask()}>
          {w.show}
        </Button>
      ) : (
        <a href={url} target="_blank" rel="noopener noreferrer" ref={(link) => link?.focus()}>
          {w.shown}
        </a>
      )}
      <ProblemAlert failed={doing.failed} />
    </span>
  )
}
