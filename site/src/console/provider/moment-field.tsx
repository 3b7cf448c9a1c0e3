import { clockAt, dateAt, instantOf } from '@skills/contract/time.ts'
import { Input } from 'antd'

interface Parts {
  id?: string
  value?: string | null
  onChange?: (value: string | undefined) => void
}

/** An instant, chosen as date and clock in Beijing with what the reader's own device offers for it. */
export const MomentField = ({ value, onChange, ...rest }: Parts) => (
  <Input
    {...rest}
    type="datetime-local"
    className="date-field"
    value={value ? `${dateAt(value)}T${clockAt(value)}` : ''}
    onChange={({ target }) => {
      const [date = '', clock = ''] = target.value.split('T')
      onChange?.(date === '' || clock === '' ? undefined : instantOf(date, clock.slice(0, 5)))
    }}
  />
)
