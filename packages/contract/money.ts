import * as z from 'zod/mini'

/** Money: integer fen of CNY, zero or more, within what a number holds exactly. */
export const Fen = z.int().check(z.minimum(0), z.maximum(1_000_000_000_00))

/** `123456` → `¥1,234.56`; whole yuan without decimals. */
export function yuan(fen: number): string {
  const whole = Math.trunc(fen / 100).toLocaleString('en-US')
  const rest = fen % 100
  return rest === 0 ? `¥${whole}` : `¥${whole}.${String(rest).padStart(2, '0')}`
}
