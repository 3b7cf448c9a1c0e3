import type { RefusalCode } from './refusals.ts'

/** Why a run takes nobody now, whoever asks. */
export const runTakesNobody = ['registration-not-open', 'registration-closed', 'run-cancelled'] as const satisfies readonly RefusalCode[]

/** What can stand between a person and a seat, however she comes to it: by a claim, by the waiting list, by an invitation. */
export const personMayNot = [
  'already-enrolled',
  'schedule-overlap',
  'condition-not-met',
  'profile-incomplete',
  'consent-required',
  'too-many-enrollments',
  'cool-down',
] as const satisfies readonly RefusalCode[]

/** Several lists of refusals as one. A call and no spread: the bundler can leave out an unused route with it (`infra/bundle-plugins.ts`), and not one with a spread. */
export function refusing<const Lists extends readonly (readonly RefusalCode[])[]>(...lists: Lists): Lists[number][number][] {
  return lists.flat()
}
