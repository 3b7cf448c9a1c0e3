import { yuan } from '@skills/contract/money.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { pageLanguage, say } from '../language.ts'
import { claimText } from '../claim/claim.text.ts'
import { waysOn } from '../claim/ways-on.ts'
import { learningText } from '../learning/learning.text.ts'
import { oneAtATime } from '../page/one-at-a-time.ts'
import { problemNotice } from '../page/problem-notice.ts'
import type { Invitation } from './invitation-card.ts'
import { invitationText } from './invitation.text.ts'

const lang = pageLanguage()
const w = learningText[lang]
const money = invitationText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const dialog = part('accept') as HTMLDialogElement
const yes = part('accept-yes') as HTMLButtonElement
let asked: Invitation | undefined
let answered: (said: string) => void = () => undefined

const answer = (one: Invitation, accept: boolean, health: boolean) =>
  attempt(`invitation.${one.id}.${accept ? 'yes' : 'no'}${health ? '.h' : ''}`, (key) =>
    callAsMe('answerInvitation', {
      params: { invitationId: one.id },
      body: { accept, ...(health ? { healthCommitment: true as const } : {}) },
      key,
    }),
  )

/** Asks before an invitation is accepted: what is missing is said first, and the health commitment is asked for where the course wants one. `done` is told what to say. */
export async function askToAccept(one: Invitation, done: (said: string) => void): Promise<void> {
  asked = one
  answered = done
  const text = part('accept-text')
  text.innerHTML = html`<p>${w.acceptText(say(one.title, lang))}</p>
    <p id="accept-money" aria-live="polite">${money.atListPrice}</p>
    <p id="accept-check" class="soft" role="status">${w.checking}</p>`.text
  part('accept-said').textContent = ''
  yes.disabled = true
  dialog.showModal()
  void saySubsidy(one)
  const check = await callAsMe('checkClaim', { params: { runId: one.runId } })
  if (asked !== one) return
  const place = part('accept-check')
  if (!check.ok) {
    place.outerHTML = problemNotice(check.problem, lang).text
    return
  }
  // The seat is bought already: that none is free, or that registration is over, is no obstacle.
  const missing = check.value.obstacles.filter(
    ({ code }) => !['sold-out', 'registration-closed', 'registration-not-open', 'too-many-holds'].includes(code),
  )
  place.outerHTML = html`${
    missing.length > 0
      ? html`<h3>${w.missing}</h3>
          ${missing.map(
            ({ code, detail }) =>
              html`<div class="notice warn" data-code="${code}">
                ${icon('triangle-alert')}
                <div>
                  ${detail[lang]}
                  <p class="row">${waysOn(code, one.courseId, location.pathname, lang).actions}</p>
                </div>
              </div>`,
          )}`
      : check.value.needsHealthCommitment
        ? html`<label class="tick"><input id="accept-health" type="checkbox" /><span>${claimText[lang].health}</span></label>`
        : ''
  }`.text
  yes.disabled = missing.length > 0
}

/** Says beside it which subsidy she would get by claiming for herself, so that nobody gives one up unknowing. Without an answer nothing more is said. */
async function saySubsidy(one: Invitation): Promise<void> {
  const price = await callAsMe('getPrice', { params: { runId: one.runId } }).catch(() => undefined)
  const place = document.getElementById('accept-money')
  if (asked !== one || place === null || price?.ok !== true || price.value.split.subsidyFen === 0) return
  const programs = price.value.programs.filter(({ granted }) => granted).map(({ name }) => say(name, lang))
  place.textContent = `${money.atListPrice} ${money.couldGet(yuan(price.value.split.subsidyFen), programs.join(lang === 'zh' ? '、' : ', '))}`
}

async function accept(): Promise<void> {
  const one = asked
  const health = document.getElementById('accept-health') as HTMLInputElement | null
  const said = part('accept-said')
  if (!one || yes.disabled) return
  if (health && !health.checked) {
    said.innerHTML = html`<p class="field-error">${icon('circle-alert')}${claimText[lang].healthMissing}</p>`.text
    return health.focus()
  }
  await oneAtATime({ yes, said, doing: w.accepting, word: () => w.acceptYes, lang }, async () => {
    const outcome = await answer(one, true, health !== null)
    if (!outcome.ok) {
      said.innerHTML = problemNotice(outcome.problem, lang).text
      return
    }
    dialog.close()
    answered(w.accepted(say(one.title, lang)))
  })
}

/** Declines; the seat stays the employer's. Out: what to say, as HTML text, and whether it is done. */
export async function declineInvitation(one: Invitation): Promise<{ done: boolean; said: string }> {
  const outcome = await answer(one, false, false)
  return outcome.ok
    ? { done: true, said: w.declinedIt(say(one.title, lang)) }
    : { done: false, said: problemNotice(outcome.problem, lang).text }
}

part('accept-no').addEventListener('click', () => dialog.close())
yes.addEventListener('click', () => void accept())
