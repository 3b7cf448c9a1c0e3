import type { Consent } from '@skills/contract/people.routes.ts'
import { consolesOf } from '../console/consoles-of.ts'
import { moment } from '../dates.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { consentCard } from './consents.ts'
import { profileText } from './profile.text.ts'
import { revealsList } from './reveals.ts'

const lang = pageLanguage()
const w = profileText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
let consents: Consent[] = []

const drawConsents = () => {
  part('consent-list').innerHTML = consents.map((consent) => consentCard(consent, lang).text).join('')
}

async function decide(consent: Consent, given: boolean): Promise<void> {
  const answer = await attempt(`consent.${consent.purpose}.${given}`, (key) =>
    callAsMe('saveConsent', { params: { purpose: consent.purpose }, body: { given, noticeVersion: consent.noticeVersion }, key }),
  )
  if (!answer.ok) {
    part('consents-said').innerHTML = problemNotice(answer.problem, lang).text
    return
  }
  consents = consents.map((one) => (one.purpose === consent.purpose ? answer.value : one))
  drawConsents()
  part('consents-said').innerHTML = html`<p class="label good-news">${icon('check')}${w.saved}</p>`.text
  part('consent-list').querySelector<HTMLElement>(`[data-consent="${consent.purpose}"]`)?.focus()
}

part('consent-list').addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-consent]') : null
  const consent = consents.find((one) => one.purpose === button?.dataset['consent'])
  if (!button || !consent || button.disabled) return
  button.disabled = true
  void decide(consent, button.dataset['give'] === 'yes')
    .catch(() => (part('consents-said').innerHTML = problemNotice(undefined, lang).text))
    .finally(() => (button.disabled = false))
})

async function exportData(): Promise<void> {
  const answer = await callAsMe('exportMe', {})
  if (!answer.ok) {
    part('export-said').innerHTML = problemNotice(answer.problem, lang).text
    return
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(answer.value, null, 2)], { type: 'application/json' }))
  link.download = `skills-${answer.value.exportedAt.slice(0, 10)}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const exportButton = part('export') as HTMLButtonElement
exportButton.addEventListener('click', () => {
  if (exportButton.disabled) return
  exportButton.disabled = true
  void exportData()
    .catch(() => (part('export-said').innerHTML = problemNotice(undefined, lang).text))
    .finally(() => (exportButton.disabled = false))
})

async function fillReveals(): Promise<void> {
  const answer = await callAsMe('listMyReveals', {})
  part('reveal-list').innerHTML = (answer.ok ? revealsList(answer.value.reveals, lang) : problemNotice(answer.problem, lang)).text
}

/** Her own id, to be copied for who appoints her. Where the clipboard is closed it is selected, to be copied by hand. */
function showNumber(personId: string): void {
  const field = part('person-id') as HTMLInputElement
  field.value = personId
  part('copy-id').onclick = () => {
    field.select()
    void navigator.clipboard?.writeText(personId).then(
      () => ((part('copy-id').querySelector('span') as HTMLElement).textContent = w.copied),
      () => field.focus(),
    )
  }
}

/** Fills and shows what stands beside the profile. */
async function fill(): Promise<void> {
  const [answered, me, noticed] = await Promise.all([
    callAsMe('listConsents', {}),
    callAsMe('getMe', {}),
    callAsMe('listNotices', { query: { limit: '10' } }),
  ])
  if (answered.ok) {
    consents = answered.value.consents
    drawConsents()
  } else part('consents-said').innerHTML = problemNotice(answered.problem, lang).text
  if (me.ok) showNumber(me.value.personId)
  if (me.ok && me.value.memberships.length > 0)
    part('roles').innerHTML = html`<h3>${w.roles}</h3>
      <ul class="roles">
        ${me.value.memberships.map((one) => html`<li>${say(one.organizationName, lang)} <span class="soft small">${one.roles.join(', ')}</span> ${consolesOf(one.roles, lang).map(({ path, name }) => html`<a href="${at(lang, path)}">${name}</a> `)}</li>`)}
      </ul>`.text
  const notices = noticed.ok ? noticed.value.notices : []
  part('notices').innerHTML =
    notices.length === 0
      ? html`<p class="soft">${w.noNotices}</p>`.text
      : html`<ul class="notices">
          ${notices.map(
            (one) =>
              html`<li>
                <strong>${say(one.title, lang)}</strong><span class="small soft">${moment(one.at, lang)}</span>
                <p>${say(one.body, lang)}</p>
              </li>`,
          )}
        </ul>`.text
}

/** Called when the profile stands, so that what is beside or below it appears in its place at once. */
export async function showAccount(): Promise<void> {
  await Promise.all([
    fill().catch(() => (part('consents-said').innerHTML = problemNotice(undefined, lang).text)),
    fillReveals().catch(() => (part('reveal-list').innerHTML = problemNotice(undefined, lang).text)),
  ])
  part('beside').hidden = false
  if (location.hash === '#consents') part('consents').scrollIntoView()
}
