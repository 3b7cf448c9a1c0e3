import { yuan } from '@skills/contract/money.ts'
import { InputNumber } from 'antd'

/** A sum in the figures of the house. */
export const Money = ({ fen, strong = false }: { fen: number; strong?: boolean }) => (
  <span className={strong ? 'figures money strong' : 'figures money'}>{yuan(fen)}</span>
)

interface FieldParts {
  id?: string
  value?: number | null
  onChange?: (value: number | null) => void
  max?: number
  'aria-label'?: string
  placeholder?: string
}
/** A field for yuan with two decimals. */
export const YuanField = (parts: FieldParts) => (
  <InputNumber<number>
    {...parts}
    className="yuan-field"
    prefix="¥"
    min={0}
    precision={2}
    controls={false}
    inputMode="decimal"
    autoComplete="off"
  />
)
