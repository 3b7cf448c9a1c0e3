import { Input } from 'antd'
import { useId } from 'react'

interface Parts {
  label: string
  /** What is written under the field while nothing is missing. */
  hint: string
  need: string
  most: number
  value: string
  missing: boolean
  changed: (value: string) => void
}

/** Why somebody decides as she does: a field that says so when it was left empty. */
export function ReasonField({ label, hint, need, most, value, missing, changed }: Parts) {
  const field = useId()
  return (
    <>
      <label htmlFor={field}>{label}</label>
      <Input.TextArea
        id={field}
        rows={2}
        maxLength={most}
        value={value}
        status={missing ? 'error' : ''}
        aria-invalid={missing}
        aria-describedby={`${field}-hint`}
        onChange={(event) => changed(event.target.value)}
      />
      <p id={`${field}-hint`} className={missing ? 'field-error' : 'hint'} role={missing ? 'alert' : undefined}>
        {missing ? need : hint}
      </p>
    </>
  )
}
