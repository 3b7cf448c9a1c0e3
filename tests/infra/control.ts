import type { Templates } from './templates.ts'

/** A property the deployed house must have: `check` answers what is wrong, `remove` takes the property away so that the check must speak. */
export interface Control {
  check(templates: Templates): string[]
  remove(templates: Templates): void
}

export const unless = (good: unknown, complaint: string): string[] => (good ? [] : [complaint])
