import { channels, noticeGroups, usualQuiet, type Groups, type NoticeSettings } from '@skills/contract/notices.ts'
import { html, icon, type Html } from '../html.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { oneAtATime } from '../page/one-at-a-time.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { drawMail } from './mail.client.ts'
import { noticesText } from './notices.text.ts'

const lang = pageLanguage()
const w = noticesText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
let settings: NoticeSettings | undefined

const tick = (name: string, label: string, on: boolean, off: boolean, say = label): Html =>
  html`<label class="tick"
    ><input type="checkbox" name="${name}" aria-label="${say}" ${on ? html`checked` : ''} ${off ? html`disabled` : ''} /><span
      >${label}</span
    ></label
  >`

function form(of: NoticeSettings): Html {
  const sms = of.sms.agreed && of.sms.maskedMobile !== null
  const mail = of.mail.offered
  const quiet = of.quiet ?? usualQuiet
  return html`<form id="choose" class="stack" novalidate>
    <fieldset class="choice-list">
      <legend class="unseen">${w.choices}</legend>
      ${noticeGroups.map((group) => {
        const [name, hint] = w.groups[group]
        return html`<div class="choice-line">
          <p><strong>${name}</strong><span class="hint">${hint}</span></p>
          ${tick(`${group}.sms`, w.sms, of.groups[group].sms, !sms, `${name}：${w.sms}`)}
          ${mail ? tick(`${group}.mail`, w.mail, of.groups[group].mail, of.mail.maskedAddress === null || !of.mail.agreed, `${name}：${w.mail}`) : ''}
        </div>`
      })}
    </fieldset>
    <p class="small soft">
      ${sms ? w.smsTo(of.sms.maskedMobile ?? '') : html`${w.smsOff} <a href="${at(lang, '/profile/#consents')}">${w.smsWay}</a>`}
    </p>
    <fieldset class="stack-s">
      <legend>${w.quiet}</legend>
      ${tick('quiet', w.quietOn, of.quiet !== null, false)}
      <div class="clock-row">
        <div class="field">
          <label for="quiet-from">${w.from}</label><input id="quiet-from" name="from" type="time" required value="${quiet.from}" />
        </div>
        <div class="field">
          <label for="quiet-to">${w.to}</label><input id="quiet-to" name="to" type="time" required value="${quiet.to}" />
        </div>
      </div>
      <p class="hint">${w.quietHint}</p>
      <div class="notice">
        ${icon('info')}
        <div>
          ${w.urgent}
          <ul class="bullets">
            ${w.urgentOnes.map((one) => html`<li>${one}</li>`)}
          </ul>
        </div>
      </div>
    </fieldset>
    <div id="choices-said" aria-live="polite"></div>
    <button id="choose-save" class="button" type="submit">${w.save}</button>
  </form>`
}

/** Draws the preferences as they are kept, with the mail address below. */
function draw(of: NoticeSettings, said: Html | string = ''): void {
  settings = of
  part('choices-form').innerHTML = form(of).text
  part('choices-said').innerHTML = said.toString()
  part('choose').addEventListener('submit', (event) => {
    event.preventDefault()
    void save()
  })
  void drawMail(of, draw)
}

function chosen(): { groups: Groups; quiet: NoticeSettings['quiet'] } {
  const elements = (part('choose') as HTMLFormElement).elements
  const on = (name: string) => (elements.namedItem(name) as HTMLInputElement | null)?.checked ?? true
  const clock = (name: string) => (elements.namedItem(name) as HTMLInputElement).value
  // What cannot be chosen here stays as it is kept.
  const pairs = noticeGroups.map((group) => [group, Object.fromEntries(channels.map((channel) => [channel, on(`${group}.${channel}`)]))])
  return {
    groups: Object.fromEntries(pairs) as Groups,
    quiet: on('quiet') ? { from: clock('from'), to: clock('to') } : null,
  }
}

async function save(): Promise<void> {
  const button = part('choose-save') as HTMLButtonElement
  if (button.disabled || settings === undefined) return
  const { version } = settings
  const said = part('choices-said')
  await oneAtATime({ yes: button, said, doing: w.saving, word: () => w.save, lang }, async () => {
    const body = { version, ...chosen() }
    const answer = await attempt(`notices.choose.${JSON.stringify(body)}`, (key) => callAsMe('saveNoticeSettings', { body, key }))
    if (answer.ok) draw(answer.value, html`<p class="notice good-news">${icon('circle-check')}<span>${w.saved}</span></p>`)
    else {
      const [first] = answer.problem.errors ?? []
      said.innerHTML = first
        ? html`<p class="field-error">${icon('circle-alert')}<span>${first.detail}</span></p>`.text
        : problemNotice(answer.problem, lang).text
    }
  })
}

/** Reads the preferences and shows them. */
export async function showChoices(): Promise<void> {
  const answer = await callAsMe('getNoticeSettings', {})
  part('choices').hidden = false
  if (answer.ok) draw(answer.value)
  else part('choices-form').innerHTML = problemNotice(answer.problem, lang).text
}
