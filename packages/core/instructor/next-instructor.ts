import type { AvailabilityInput, Instructor, InstructorInput } from '@skills/contract/instructor.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { checkWords } from '../funding/review.ts'
import { withExceptions } from './availability.ts'

/** How far ahead somebody can say when she is free, and how long one exception may last, in minutes: two years, one year. */
const farthest = 2 * 366 * 24 * 60
const longest = 366 * 24 * 60

const refuse = (errors: FieldError[]) => {
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
}

/**
 * An instructor with what she says of herself. `knows`: whether the taxonomy has a region. What is public holds no private numbers, nobody is reached past the platform.
 * Refuses `validation-failed` with every field.
 */
export function withProfile(
  before: Instructor | undefined,
  id: string,
  input: InstructorInput,
  knows: (region: string) => boolean,
): Instructor {
  for (const field of ['name', 'about'] as const)
    for (const language of ['zh', 'en'] as const) checkWords(input[field][language], `#/${field}/${language}`)
  const unknown = { zh: '没有这个地区，请从列表里选择。', en: 'There is no such region. Choose one of the list.' }
  refuse([
    ...input.regions.flatMap((region, place) =>
      knows(region) ? [] : [{ pointer: `#/regions/${place}`, code: 'unknown-region', detail: unknown }],
    ),
    // A province is no place to set out from.
    ...(knows(input.baseRegion) && !input.baseRegion.endsWith('0000')
      ? []
      : [{ pointer: '#/baseRegion', code: 'unknown-region', detail: unknown }]),
  ])
  const { qualifications = [], windows = [], exceptions = [], calendarAt } = before ?? {}
  return {
    ...input,
    regions: distinct(input.regions),
    kinds: distinct(input.kinds),
    languages: distinct(input.languages),
    id,
    qualifications,
    windows,
    exceptions,
    ...(calendarAt === undefined ? {} : { calendarAt }),
  }
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** An instructor with the hours she offers. Refuses `validation-failed` for hours that end before they begin, or lie too far away. */
export function withAvailability(instructor: Instructor, { windows, exceptions }: AvailabilityInput, now: string): Instructor {
  const backwards = { zh: '结束时间应晚于开始时间。', en: 'It must end after it begins.' }
  const far = { zh: '一次最长一年，最远两年之内。', en: 'A year at most, within the next two years.' }
  refuse([
    ...windows.flatMap(({ from, to }, place) =>
      from < to ? [] : [{ pointer: `#/windows/${place}/to`, code: 'out-of-range', detail: backwards }],
    ),
    ...exceptions.flatMap(({ from, to }, place) => {
      const pointer = `#/exceptions/${place}/to`
      if (from >= to) return [{ pointer, code: 'out-of-range', detail: backwards }]
      return to > plusMinutes(now, farthest) || to > plusMinutes(from, longest) ? [{ pointer, code: 'out-of-range', detail: far }] : []
    }),
  ])
  const own = exceptions.map(({ from, to, kind }) => ({ from, to, kind, source: 'own' as const }))
  return { ...instructor, windows, exceptions: withExceptions(instructor.exceptions, 'own', own, now) }
}
