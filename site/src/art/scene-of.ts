/** Aisles that have pictures of their own; `general` serves the rest. */
export const aisleNames = ['tourism', 'modern-services', 'high-tech', 'tropical-agriculture', 'seed-breeding', 'deep-sea', 'aerospace', 'construction', 'manufacturing', 'household-services', 'special-operations', 'general'] as const
export type Aisle = (typeof aisleNames)[number]
export const sceneKinds = 5

/** The aisle of an industry. */
export const aisleOf = (industry: string): Aisle => aisleNames.find((name) => name === industry) ?? 'general'

/** Which picture a course has: its aisle, and a kind taken from its id, so that it never changes. */
export function sceneOf(course: { id: string; industry: string; family: string }): string {
  const aisle = course.family === 'special-operations' ? 'special-operations' : aisleOf(course.industry)
  let sum = 0
  for (const letter of course.id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973
  return `/art/${aisle}-${sum % sceneKinds}.svg`
}
