import * as z from 'zod/mini'
import { Text } from './text.ts'

/** The three families of credentials, never mixed: who issues them differs. The platform issues only `training-completion`. */
export const families = ['special-operations', 'skill-level', 'training-completion'] as const
export const Family = z.enum(families)

/** The new eight skill levels 新八级工, lowest first. */
export const levels = [
  'apprentice',
  'level-5',
  'level-4',
  'level-3',
  'level-2',
  'level-1',
  'special-technician',
  'chief-technician',
] as const
export const Level = z.enum(levels)
export type Level = z.infer<typeof Level>

export const deliveries = ['classroom', 'travelling-practice', 'live', 'video', 'mixed'] as const
export const Delivery = z.enum(deliveries)

export const educations = ['primary', 'junior-middle', 'senior-middle', 'college', 'bachelor'] as const
export const Education = z.enum(educations)

export const employmentKinds = ['employee', 'platform-worker', 'other'] as const
export const EmploymentKind = z.enum(employmentKinds)

/** One named thing of the taxonomy. `parent`: the category of an item, the province of a city. */
export const Term = z.strictObject({ code: z.string(), name: Text, parent: z.optional(z.string()) })
export type Term = z.infer<typeof Term>

/** A versioned list of terms with the source that it was taken from. */
export interface TermList {
  version: string
  source: string
  terms: readonly Term[]
}
