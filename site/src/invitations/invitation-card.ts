import type { MyInvitation } from '@skills/contract/employers.routes.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { learningText } from '../learning/learning.text.ts'

export type Invitation = MyInvitation

/** A seat that an employer bought and offers, with both answers. */
export function invitationCard(one: Invitation, lang: Language): Html {
  const w = learningText[lang]
  return html`<li class="ticket learning invited" data-invitation="${one.id}" data-phase="invited">
    <div>
      <h3><a href="${at(lang, `/courses/${one.courseId}/`)}">${say(one.title, lang)}</a></h3>
      <p>${w.invited(say(one.employerName, lang))}</p>
      <p class="soft">${w.starts(moment(one.startsAt, lang))}</p>
    </div>
    <div class="ticket-foot">
      <button class="button" type="button" data-accept="${one.id}">${icon('mail-open')}${w.accept}</button
      ><button class="button quiet" type="button" data-decline="${one.id}">${w.decline}</button>
    </div>
  </li>`
}
