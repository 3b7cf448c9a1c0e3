import * as z from 'zod/mini'

/** What a learner's name or number may be opened to her provider for. */
export const Purpose = z.enum(['contact', 'emergency', 'appraisal'])
export type RevealPurpose = z.infer<typeof Purpose>

/** Days after the last meeting until which a provider may still reach a learner of the run. Our own; appraisals are registered for within a month. */
export const revealDays = 30
