import { Refusal } from '@skills/contract/refusals.ts'

const detail = { zh: '与另一项重复。', en: 'It repeats another one.' }

/** Refuses `validation-failed` where an id stands twice in a list, pointing at each that repeats. In: the ids, and the pointer of a place. */
export function refuseTwice(ids: readonly string[], pointer: (place: number) => string): void {
  const errors = ids.flatMap((id, place) => (ids.indexOf(id) < place ? [{ pointer: pointer(place), code: 'duplicate', detail }] : []))
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors: errors.slice(0, 20) })
}
