import { pictureKinds, type FileKind } from '@skills/contract/files.ts'
import { Button, Progress } from 'antd'
import { useRef, useState } from 'react'
import { pageLanguage } from '../language.ts'
import { applyText } from './apply.text.ts'
import { acceptedTypes, sendFile } from './send-file.ts'

const w = applyText[pageLanguage()].file

interface Parts {
  id?: string
  kind: FileKind
  /** The id of the accepted file, or null. */
  value?: string | null
  onChange?: (fileId: string) => void
  /** What the file is, for who does not see the field. */
  label: string
  /** Names of accepted files by id. */
  names: ReadonlyMap<string, string>
}

/** Chooses a file, sends it at once, shows how far it is, and says what became of it: accepted, or refused and why. */
export function ProofField({ id, kind, value, onChange, label, names }: Parts) {
  const input = useRef<HTMLInputElement>(null)
  const [sent, setSent] = useState<{ name: string; part: number } | undefined>()
  const [known, setKnown] = useState<string>()
  const [fault, setFault] = useState<string>()
  const send = async (file: File | undefined) => {
    if (file === undefined) return
    setFault(undefined)
    setSent({ name: file.name, part: 0 })
    const answer = await sendFile(kind, file, (part) => setSent({ name: file.name, part }))
    setSent(undefined)
    if (!answer.ok) return setFault(answer.problem?.detail ?? w.lost)
    setKnown(answer.value.name)
    onChange?.(answer.value.id)
  }
  const there = value !== undefined && value !== null && value !== ''
  const percent = Math.round((sent?.part ?? 0) * 100)
  return (
    <div className="proof-field" data-proof={there ? value : ''}>
      <input
        ref={input}
        type="file"
        className="unseen"
        tabIndex={-1}
        aria-hidden="true"
        accept={acceptedTypes(kind)}
        onChange={(event) => {
          void send(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button
        {...(id === undefined ? {} : { id })}
        aria-label={`${label}: ${there ? w.change : w.choose}`}
        loading={sent !== undefined}
        onClick={() => input.current?.click()}
      >
        {there ? w.change : w.choose}
      </Button>
      <div role="status" className="proof-state">
        {sent ? (
          <>
            <span>{percent < 100 ? w.sending(percent) : w.checking}</span>
            <Progress percent={percent} showInfo={false} size="small" aria-label={w.sending(percent)} />
          </>
        ) : fault ? (
          <span className="field-error">{fault}</span>
        ) : there ? (
          <span className="proof-ok">{`✓ ${known ?? names.get(value) ?? ''} · ${w.ok}`}</span>
        ) : (
          <span className="soft small">{pictureKinds.includes(kind) ? w.photoHint : w.hint}</span>
        )}
      </div>
    </div>
  )
}
