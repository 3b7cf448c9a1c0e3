import type { NoticeSettings } from '@skills/contract/notices.ts'
import type { Consent } from '@skills/contract/people.routes.ts'
import { moment } from '../dates.ts'
import { html, icon, type Html } from '../html.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { pageLanguage, say } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { noticesText } from './notices.text.ts'

const lang = pageLanguage()
const w = noticesText[lang]
const place = () => document.getElementById('mail') as HTMLElement
type Drawn = (settings: NoticeSettings, said?: Html) => void

const good = (text: string) => html`<p class="notice good-news">${icon('circle-check')}<span>${text}</span></p>`

/** Draws what there is of a mail address: none with the way to give one, a code to type, or the address with the ways out of it. `drawn` shows settings that changed. */
export async function drawMail(settings: NoticeSettings, drawn: Drawn): Promise<void> {
  const { mail } = settings
  if (!mail.offered) {
    place().innerHTML = html`<p class="soft small">${w.mailNot}</p>`.text
    return
  }
  const consents = await callAsMe('listConsents', {})
  const consent = consents.ok ? consents.value.consents.find(({ purpose }) => purpose === 'mail') : undefined
  place().innerHTML = html`<h3>${w.address}</h3>
    <p>${mail.maskedAddress === null ? w.mailNone : w.mailNow(mail.maskedAddress)}</p>
    ${mail.pendingUntil === null ? '' : codeForm(mail.pendingUntil)} ${addressForm(consent, mail.maskedAddress !== null)}
    <div id="mail-said" aria-live="polite"></div>`.text
  listen(consent, drawn)
}

const codeForm = (until: string): Html =>
  html`<form id="mail-code" class="field">
    <label for="code">${w.code}</label>
    <input
      id="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      pattern="\\s*\\d{6}\\s*"
      maxlength="10"
      required
      aria-describedby="code-hint"
    />
    <p id="code-hint" class="hint">${w.codeHint(moment(until, lang))}</p>
    <button class="button" type="submit">${w.confirm}</button>
  </form>`

function addressForm(consent: Consent | undefined, has: boolean): Html {
  const agreed = consent?.given === true && consent.givenVersion === consent.noticeVersion
  const fields = html`<form id="mail-address" class="field">
    <label for="address">${w.address}</label>
    <input id="address" name="address" type="email" autocomplete="email" maxlength="254" required aria-describedby="address-hint" />
    <p id="address-hint" class="hint">${w.addressHint}</p>
    ${
      consent === undefined || agreed
        ? ''
        : html`<details>
              <summary>${w.readNotice}</summary>
              <p class="notice-text">${say(consent.notice, lang)}</p>
            </details>
            <label class="tick"><input type="checkbox" name="agree" required /><span>${w.agree}</span></label>`
    }
    <button class="button plain" type="submit">${w.sendCode}</button>
  </form>`
  return has
    ? html`<details>
          <summary>${w.change}</summary>
          ${fields}
        </details>
        <p><button id="mail-drop" class="button danger" type="button">${w.drop}</button></p>`
    : fields
}

function listen(consent: Consent | undefined, drawn: Drawn): void {
  const said = () => document.getElementById('mail-said') as HTMLElement
  const doing = (work: () => Promise<void>) =>
    void work().catch(() => {
      said().innerHTML = problemNotice(undefined, lang).text
    })
  const refused = (problem: Parameters<typeof problemNotice>[0]) => {
    const [first] = problem?.errors ?? []
    said().innerHTML = first
      ? html`<p class="field-error">${icon('circle-alert')}<span>${first.detail}</span></p>`.text
      : problemNotice(problem, lang).text
  }
  document.getElementById('mail-address')?.addEventListener('submit', (event) => {
    event.preventDefault()
    const address = String(new FormData(event.currentTarget as HTMLFormElement).get('address') ?? '')
    doing(async () => {
      if (consent !== undefined && !(consent.given && consent.givenVersion === consent.noticeVersion)) {
        const body = { given: true, noticeVersion: consent.noticeVersion }
        const agreed = await attempt(`consent.mail.${consent.noticeVersion}`, (key) =>
          callAsMe('saveConsent', { params: { purpose: 'mail' }, body, key }),
        )
        if (!agreed.ok) return refused(agreed.problem)
      }
      // Named by chance: what is typed about people is not kept on the device.
      const answer = await attempt(`mail.ask.${crypto.randomUUID()}`, (key) => callAsMe('askMail', { body: { address }, key }))
      if (!answer.ok) return refused(answer.problem)
      const settings = await callAsMe('getNoticeSettings', {})
      if (settings.ok) drawn(settings.value)
      document.getElementById('code')?.focus()
    })
  })
  document.getElementById('mail-code')?.addEventListener('submit', (event) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget as HTMLFormElement).get('code') ?? '')
    doing(async () => {
      const answer = await attempt(`mail.confirm.${crypto.randomUUID()}`, (key) => callAsMe('confirmMail', { body: { code }, key }))
      if (answer.ok) drawn(answer.value, good(w.confirmed))
      else refused(answer.problem)
    })
  })
  document.getElementById('mail-drop')?.addEventListener('click', () =>
    doing(async () => {
      const answer = await attempt('mail.drop', (key) => callAsMe('dropMail', { key }))
      if (answer.ok) drawn(answer.value, good(w.dropped))
      else refused(answer.problem)
    }),
  )
}
