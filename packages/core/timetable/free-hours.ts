import type { Instructor } from '@skills/contract/instructor.ts'
import { offered } from '../instructor/availability.ts'
import type { Hours } from './problem.ts'

/** When somebody teaches at all between two instants: her weekly windows and free exceptions, without what she is busy with herself. */
export function freeHours(instructor: Pick<Instructor, 'windows' | 'exceptions'>, from: string, to: string): Hours[] {
  const busy = instructor.exceptions.filter(({ kind }) => kind === 'busy')
  return busy.reduce<Hours[]>((hours, off) => hours.flatMap((one) => without(one, off)), offered(instructor, from, to))
}

/** Hours without others: none, one or two parts of them. */
function without(hours: Hours, off: Hours): Hours[] {
  if (off.to <= hours.from || hours.to <= off.from) return [hours]
  return [
    ...(hours.from < off.from ? [{ from: hours.from, to: off.from }] : []),
    ...(off.to < hours.to ? [{ from: off.to, to: hours.to }] : []),
  ]
}
