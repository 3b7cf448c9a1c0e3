import type { Problem } from '@skills/contract/client.ts'
import { Button } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { ProblemAlert } from './problem-alert.tsx'
import { SubmitButton } from './submit-button.tsx'

interface Parts {
  /** Of the rating it is about, which has the keyboard again when the form is gone. */
  ratingId: string
  busy: boolean
  failed: { problem: Problem | undefined } | undefined
  send: () => void
  cancel: () => void
  words: { send: string; cancel: string }
  children: ReactNode
}

/** A form that opens under a rating in the place of its button: its field has the keyboard at once. */
export function RatingForm({ ratingId, busy, failed, send, cancel, words, children }: Parts) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector('textarea')?.focus()
    return () => document.querySelector<HTMLElement>(`[data-rating="${ratingId}"]`)?.focus()
  }, [ratingId])
  return (
    <form
      ref={form}
      className="stack-s"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {children}
      <ProblemAlert failed={failed} />
      <p className="row">
        <SubmitButton busy={busy}>{words.send}</SubmitButton>
        <Button onClick={cancel}>{words.cancel}</Button>
      </p>
    </form>
  )
}
