import type { Complaint } from '@skills/contract/quality.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { complaintText } from './complaint.text.ts'

const ends: readonly string[] = ['settled', 'lapsed', 'upheld', 'not-upheld']

/** One complaint with everything that was said, until when whose turn it is, and what its person can say now. */
export function complaintCard(complaint: Complaint, lang: Language): Html {
  const w = complaintText[lang]
  const { id, state, kind, title, providerName, text, raisedAt, answerBy, answer, sayBy, said, decideBy, decision, fileId } = complaint
  // A term ends with its first instant that is too late.
  const last = (end: string) => moment(plusMinutes(end, -1), lang)
  const turn =
    state === 'open'
      ? w.answerBy(last(answerBy))
      : state === 'answered' && sayBy
        ? w.sayBy(last(sayBy))
        : state === 'with-operator' && decideBy
          ? w.decideBy(last(decideBy))
          : ''
  const colour = state === 'upheld' || state === 'settled' ? 'good-news' : state === 'answered' ? 'warn' : ''
  const part = (name: string, at: string, words: string) =>
    html`<div class="complaint-part">
      <h4>${name} <span class="small soft">${moment(at, lang)}</span></h4>
      <p class="complaint-words">${words}</p>
    </div>`
  return html`<li class="card stack-s" data-complaint="${id}" data-state="${state}">
    <p class="row">
      <span class="label ${colour}">${w.states[state]}</span><span class="small soft">${w.raised(moment(raisedAt, lang))}</span>
    </p>
    <h3>${say(title, lang)} · ${w.kinds[kind]}</h3>
    <p class="row soft">${icon('building')}<span>${say(providerName, lang)}${fileId === null ? '' : ` · ${w.withFile}`}</span></p>
    ${turn === '' ? '' : html`<p class="row hint">${icon('clock')}<span>${turn}</span></p>`}
    <details ${ends.includes(state) ? '' : 'open'}>
      <summary>${w.you}</summary>
      <p class="complaint-words">${text}</p>
    </details>
    ${answer === null ? '' : part(answer.inTime ? w.answer : `${w.answer} · ${w.late}`, answer.at, answer.text)}
    ${said === null ? '' : part(w.said[`${said.settled}`], said.at, said.text ?? '')}
    ${decision === null ? '' : part(`${w.decision}: ${w.states[decision.upheld ? 'upheld' : 'not-upheld']}`, decision.at, decision.reason)}
    ${ends.includes(state) ? '' : ways(complaint, lang)}
  </li>`
}

/** What she can say: after the answer whether it settles the matter, before it that it is settled already. */
function ways({ id, state }: Complaint, lang: Language): Html {
  const w = complaintText[lang]
  if (state !== 'answered') return html`<p><button class="button quiet" type="button" data-settled="${id}">${w.take}</button></p>`
  return html`<div class="field">
      <label for="more-${id}">${w.more}</label>
      <textarea id="more-${id}" rows="2" maxlength="2000" aria-describedby="more-${id}-error"></textarea>
      <p class="field-error" id="more-${id}-error"></p>
    </div>
    <p class="row">
      <button class="button" type="button" data-settled="${id}">${w.settled}</button>
      <button class="button plain" type="button" data-unsettled="${id}">${w.unsettled}</button>
    </p>`
}
