import type { CourseInput } from '@skills/contract/planning.ts'
import { fenOf, yuanOf } from '../fen.ts'

/** A course as the form holds it: money in yuan, the usual conditions as fields of their own. Conditions on certificates are kept as they came. */
export interface CourseDraft extends Omit<CourseInput, 'feeFen' | 'conditions' | 'trade' | 'level'> {
  code?: string
  trade?: CourseInput['trade'] | undefined
  level?: CourseInput['level'] | undefined
  feeYuan: number
  minAge?: number | null | undefined
  maxAge?: number | null | undefined
  education?: Extract<CourseInput['conditions'][number], { kind: 'education' }>['atLeast'] | undefined
  health: boolean
}

export const emptyCourse: Partial<CourseDraft> = {
  outcomes: [],
  family: 'training-completion',
  delivery: 'classroom',
  languages: ['zh'],
  feeYuan: 0,
  health: false,
}

/** The form of a course that is there. */
export function draftOf({ feeFen, conditions, ...rest }: CourseInput): CourseDraft {
  const age = conditions.find((one) => one.kind === 'age')
  const education = conditions.find((one) => one.kind === 'education')
  return {
    ...rest,
    feeYuan: yuanOf(feeFen),
    minAge: age?.min,
    maxAge: age?.max,
    education: education?.atLeast,
    health: conditions.some((one) => one.kind === 'health-commitment'),
  }
}

/** What is sent. In: the form, and the conditions that it has no field for. */
export function courseOf(draft: CourseDraft, kept: CourseInput['conditions']): CourseInput {
  const { title, summary, outcomes, audience, industry, family, delivery, languages, theoryHours, practiceHours } = draft
  const ages = {
    ...(typeof draft.minAge === 'number' ? { min: draft.minAge } : {}),
    ...(typeof draft.maxAge === 'number' ? { max: draft.maxAge } : {}),
  }
  const conditions: CourseInput['conditions'] = [
    ...(Object.keys(ages).length > 0 ? [{ kind: 'age' as const, ...ages }] : []),
    ...(draft.education === undefined ? [] : [{ kind: 'education' as const, atLeast: draft.education }]),
    ...(draft.health ? [{ kind: 'health-commitment' as const }] : []),
    ...kept.filter(({ kind }) => kind === 'certificate'),
  ]
  return {
    ...{ title, summary, outcomes, audience, industry, family, delivery, languages, theoryHours, practiceHours, conditions },
    trade: draft.trade ?? null,
    level: draft.level ?? null,
    feeFen: fenOf(draft.feeYuan),
  }
}
