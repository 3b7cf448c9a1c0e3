import { Input } from 'antd'

interface Parts {
  id?: string
  value?: string | null
  onChange?: (value: string | undefined) => void
  min?: string
  'aria-label'?: string
}
/** A civil date (`2026-11-21`), chosen with what the reader's own device offers for it. */
export const DateField = ({ value, onChange, ...rest }: Parts) => (
  <Input
    {...rest}
    type="date"
    className="date-field"
    value={value ?? ''}
    onChange={(event) => onChange?.(event.target.value || undefined)}
  />
)
