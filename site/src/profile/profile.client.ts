import type { Problem } from '@skills/contract/client.ts'
import type { ProfileInput } from '@skills/contract/people.routes.ts'
import { loadTaxonomy } from '../catalog/load.ts'
import { noTaxonomy, type Taxonomy } from '../catalog/words.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { safeBack } from '../identity/sign-in.ts'
import { pageLanguage } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { showAccount } from './account.client.ts'
import { listenCertificates, readCertificates } from './certificates.ts'
import { profileForm } from './profile-form.ts'
import { profileText } from './profile.text.ts'

const lang = pageLanguage()
const w = profileText[lang]
const place = document.getElementById('profile') as HTMLElement
const back = new URLSearchParams(location.search).get('back')
let taxonomy: Taxonomy = noTaxonomy

/** Fields whose problem has another name than they have. */
const fieldOf: Record<string, string> = { 'id-in-use': 'residentId', 'mobile-in-use': 'mobile' }

function markErrors(form: HTMLFormElement, problem: Problem): void {
  const errors =
    problem.errors ?? (fieldOf[problem.code] ? [{ pointer: `#/${fieldOf[problem.code]}`, code: problem.code, detail: problem.detail }] : [])
  const said = document.getElementById('profile-said') as HTMLElement
  for (const { pointer, detail } of errors) {
    const name = pointer.replace(/^#?\//, '').split('/')[0] ?? ''
    const control = form.elements.namedItem(name)
    const place = document.getElementById(`${name}-error`)
    if (!(control instanceof HTMLElement) || !place) continue
    if (!(control instanceof HTMLFieldSetElement)) control.setAttribute('aria-invalid', 'true')
    place.innerHTML = html`${icon('circle-alert')}<span>${detail}</span>`.text
  }
  said.innerHTML =
    errors.length > 0
      ? html`<p class="field-error">${icon('circle-alert')}<span>${w.fix(errors.length)}</span></p>`.text
      : problemNotice(problem, lang).text
  ;(form.querySelector<HTMLElement>('[aria-invalid]') ?? said).focus()
}

function clearErrors(form: HTMLFormElement): void {
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid')
  for (const error of form.querySelectorAll('.field-error')) error.textContent = ''
}

function inputOf(form: HTMLFormElement): ProfileInput {
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '').trim()
  return {
    realName: text('realName'),
    ...(text('residentId') ? { residentId: text('residentId') } : {}),
    ...(text('mobile') ? { mobile: text('mobile') } : {}),
    region: text('region'),
    employmentKind: text('employmentKind') as ProfileInput['employmentKind'],
    education: (text('education') || null) as ProfileInput['education'],
    unionNumber: text('unionNumber') || null,
    certificates: readCertificates(data),
  }
}

async function save(form: HTMLFormElement): Promise<void> {
  const button = document.getElementById('save') as HTMLButtonElement
  if (button.disabled) return
  button.disabled = true
  button.textContent = w.saving
  clearErrors(form)
  try {
    const answer = await attempt('profile.save', (key) => callAsMe('saveProfile', { body: inputOf(form), key }))
    if (!answer.ok) return markErrors(form, answer.problem)
    place.innerHTML = profileForm(answer.value, taxonomy, lang).text
    listen()
    const said = document.getElementById('profile-said') as HTMLElement
    said.innerHTML = html`<div class="notice good-news">
      ${icon('circle-check')}
      <div>
        <strong>${w.saved}</strong
        >${back === null ? '' : html`<p class="row"><a class="button" href="${safeBack(back)}">${w.savedBack}</a></p>`}
      </div>
    </div>`.text
    said.focus()
  } catch {
    ;(document.getElementById('profile-said') as HTMLElement).innerHTML = problemNotice(undefined, lang).text
  } finally {
    button.disabled = false
    button.textContent = w.save
  }
}

function listen(): void {
  const form = document.getElementById('profile-form') as HTMLFormElement
  // Another text is another request, so it gets a key of its own.
  const changed = () => forgetAttempts('profile.save')
  form.addEventListener('input', changed)
  listenCertificates(form, taxonomy, lang, changed)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void save(form)
  })
}

async function start(): Promise<void> {
  const [answer, words] = await Promise.all([callAsMe('getProfile', {}), loadTaxonomy()])
  taxonomy = words
  if (!answer.ok) return failed(answer.problem)
  place.innerHTML = profileForm(answer.value, taxonomy, lang).text
  listen()
  await showAccount()
}

function failed(problem?: Problem): void {
  place.innerHTML = problemNotice(problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
  place.querySelector('button')?.addEventListener('click', () => void start().catch(() => failed()))
}

void start().catch(() => failed())
