import type { Parameters } from './stripe-parameters.ts'
import { missing, StripeRefusal } from './stripe-refusal.ts'

export interface StripeList<T> {
  object: 'list'
  data: T[]
  has_more: boolean
  url: string
}

/** One page of a list, newest first, as Stripe pages: `limit` (1–100, 10 without), `starting_after`, `ending_before`. `made` is oldest first. */
export function pageOf<T extends { id: string }>(url: string, made: readonly T[], given: Parameters): StripeList<T> {
  const limit = Number(given.get('limit') ?? 10)
  if (limit < 1 || limit > 100) throw new StripeRefusal('This value must be between 1 and 100 (inclusive).', { param: 'limit' })
  const newest = [...made].reverse()
  const place = (name: string) => {
    const id = given.get(name)
    const at = newest.findIndex((one) => one.id === id)
    if (id !== undefined && at === -1) throw missing('object', id, name)
    return id === undefined ? undefined : at
  }
  const after = place('starting_after')
  const before = place('ending_before')
  const rest = newest.slice(after === undefined ? 0 : after + 1, before)
  const data = before === undefined ? rest.slice(0, limit) : rest.slice(-limit)
  return { object: 'list', data, has_more: rest.length > data.length, url }
}
