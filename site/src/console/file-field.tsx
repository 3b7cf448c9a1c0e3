import { useRef } from 'react'
import { Button } from 'antd'

interface Parts {
  id?: string
  value?: File
  onChange?: (file: File | undefined) => void
  choose: string
  'aria-label'?: string
}

/** Chooses one table file (CSV or a workbook) from the reader's device. */
export function FileField({ id, value, onChange, choose, ...rest }: Parts) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="file-field">
      <input
        {...rest}
        ref={input}
        id={id}
        type="file"
        className="unseen"
        accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
