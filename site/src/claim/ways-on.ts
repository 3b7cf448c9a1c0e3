import { html, type Html } from '../html.ts'
import { at, type Language } from '../language.ts'
import { claimText } from './claim.text.ts'

/** What a person can do about a refusal, and whether other runs are worth showing. `back` is this page. */
export function waysOn(code: string, courseId: string, back: string, lang: Language): { actions: Html; alternatives: boolean } {
  const w = claimText[lang]
  const link = (path: string, name: string) => html`<a class="button" href="${at(lang, path)}">${name}</a>`
  const query = `?${new URLSearchParams({ back })}`
  const others = link(`/courses/${courseId}/#runs`, w.otherRuns)
  if (code === 'profile-incomplete') return { actions: link(`/profile/${query}`, w.profile), alternatives: false }
  if (code === 'consent-required') return { actions: link(`/profile/${query}#consents`, w.consent), alternatives: false }
  if (code === 'already-enrolled') return { actions: link('/learning/', w.learning), alternatives: false }
  if (code === 'schedule-overlap') return { actions: html`${link('/learning/', w.learning)}${others}`, alternatives: true }
  // What is missing may only not have been said yet: education, a certificate held.
  if (code === 'condition-not-met') return { actions: html`${link(`/profile/${query}`, w.profile)}${others}`, alternatives: true }
  if (code === 'sold-out' || code === 'registration-closed' || code === 'run-cancelled' || code === 'waitlist-closed')
    return { actions: others, alternatives: true }
  if (code === 'too-many-holds' || code === 'too-many-enrollments') return { actions: link('/learning/', w.learning), alternatives: false }
  if (code === 'cool-down' || code === 'unpaid-too-often' || code === 'kept-too-often') return { actions: others, alternatives: false }
  return { actions: html``, alternatives: false }
}
