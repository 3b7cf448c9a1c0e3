import { useRef } from 'react'
import { Button } from 'antd'

interface Parts {
  id?: string
  value?: File
  onChange?: (file: File | undefined) => void
  choose: string
  /** Which files the device offers; left out: tables. */
  accept?: string
  'aria-label'?: string
}

const tables = '.csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Chooses one file from the reader's device: a table (CSV or a workbook) unless something else is named. */
export function FileField({ id, value, onChange, choose, accept = tables, ...rest }: Parts) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="file-field">
      <input
        {...rest}
        ref={input}
        id={id}
        type="file"
        className="unseen"
        accept={accept}
        onChange={(event) => {
          onChange?.(event.target.files?.[0])
          // The same file can be chosen again after it was changed.
          event.target.value = ''
        }}
      />
      <Button onClick={() => input.current?.click()} tabIndex={-1}>
        {choose}
      </Button>
      <span>{value ? `${value.name} (${Math.max(1, Math.round(value.size / 1024))} kB)` : ''}</span>
    </div>
  )
}
