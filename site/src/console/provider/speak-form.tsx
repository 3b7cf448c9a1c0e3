import type { Outcome } from '@skills/contract/client.ts'
import { useState } from 'react'
import { pageLanguage } from '../../language.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { SubmitButton } from '../submit-button.tsx'
import { useDoing } from '../use-doing.ts'
import { qualityText } from './quality.text.ts'

const w = qualityText[pageLanguage()]

interface Parts<T> {
  label: string
  hint: string
  send: string
  /** Names the attempt; the words are part of it. */
  what: string
  call: (text: string, key: string) => Promise<Outcome<T>>
  done: () => void
}

/** One field of words and the button that sends them. */
export function SpeakForm<T>({ label, hint, send, what, call, done }: Parts<T>) {
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const submit = async () => {
    const words = text.trim()
    setMissing(words === '')
    if (words === '') return
    if (await doing.run(`${what}/${words}`, (key) => call(words, key))) done()
  }
  return (
    <form
      className="stack-s"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <ReasonField
        label={label}
        hint={hint}
        need={w.need}
        most={2000}
        value={text}
        missing={missing}
        changed={(words) => {
          setText(words)
          setMissing(false)
        }}
      />
      <ProblemAlert failed={doing.failed} />
      <p>
        <SubmitButton busy={doing.busy}>{send}</SubmitButton>
      </p>
    </form>
  )
}
