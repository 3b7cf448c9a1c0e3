import type { Problem } from '@skills/contract/client.ts'
import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { complaintKinds, type Complaint, type ComplaintKind } from '@skills/contract/quality.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { sendFile } from '../provider/send-file.ts'
import { complaintCard } from './complaint-card.ts'
import { complaintForm } from './complaint-form.ts'
import { complaintText } from './complaint.text.ts'

const lang = pageLanguage()
const w = complaintText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const place = part('complaints')
const enrollmentId = new URLSearchParams(location.search).get('enrollment')
let complaints: Complaint[] = []
/** What was sent last: the same again is the same attempt, anything else a new one. */
let sent = ''
/** What was last said of complaints. The words are not kept on the device, so the attempt is named by chance; the same words again are the same attempt. */
let spoken = { words: '', name: '' }
/** A file that arrived is not sent twice. */
let kept: { chosen: File; fileId: string } | undefined

async function load(): Promise<void> {
  const [answer, mine] = await Promise.all([
    callAsMe('listMyComplaints', {}),
    enrollmentId === null ? undefined : callAsMe('getMyEnrollment', { params: { enrollmentId } }),
  ])
  if (!answer.ok) return failed(answer.problem)
  complaints = answer.value.complaints
  draw()
  if (mine === undefined) return
  const form = part('form')
  if (mine.ok) return ask(mine.value)
  const known = mine.problem.code === 'not-found' || mine.problem.code === 'validation-failed'
  form.innerHTML = known ? html`<p class="notice">${icon('info')}<span>${w.gone}</span></p>`.text : problemNotice(mine.problem, lang).text
}

function draw(): void {
  place.innerHTML =
    complaints.length === 0
      ? enrollmentId === null
        ? empty(w.noneTitle, w.none, '', html`<a class="button" href="${at(lang, '/learning/')}">${w.toLearning}</a>`).text
        : ''
      : html`<section class="stack">
          <h2>${w.mine} <span class="figures soft">${complaints.length}</span></h2>
          <ul class="complaints">
            ${complaints.map((one) => complaintCard(one, lang))}
          </ul>
        </section>`.text
}

function ask(item: LearningItem): void {
  if (complaints.some((one) => one.enrollmentId === enrollmentId && one.closedAt === null)) return
  part('form').innerHTML = complaintForm(item, lang).text
  const form = part('complain') as HTMLFormElement
  form.addEventListener('change', () => {
    part('kind-hint').textContent = new FormData(form).get('kind') === 'safety' ? w.safetyHint : ''
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send(form).catch(() => said(problemNotice(undefined, lang).text, 'complain-said'))
  })
}

function said(text: string, id = 'said'): void {
  const at = part(id)
  at.innerHTML = text
  at.focus()
}

const mark = (id: string, text: string) =>
  (part(`${id}-error`).innerHTML = text === '' ? '' : html`${icon('circle-alert')}<span>${text}</span>`.text)

/** The file that was chosen, sent and inspected; null where none was, undefined where it was refused and that is said. */
async function proof(form: HTMLFormElement, button: HTMLElement): Promise<string | null | undefined> {
  const chosen = (form.elements.namedItem('file') as HTMLInputElement).files?.[0]
  if (!chosen) return null
  if (kept?.chosen === chosen) return kept.fileId
  const answer = await sendFile('complaint-proof', chosen, (far) => (button.textContent = w.sending(Math.round(far * 100))))
  if (answer.ok) {
    kept = { chosen, fileId: answer.value.id }
    return answer.value.id
  }
  if (answer.problem?.code === 'file-rejected') mark('file', answer.problem.detail)
  else said(problemNotice(answer.problem, lang).text, 'complain-said')
  return undefined
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>('[type=submit]')
  if (!button || enrollmentId === null || button.getAttribute('aria-disabled') === 'true') return
  const data = new FormData(form)
  const kind = complaintKinds.find((one): one is ComplaintKind => one === data.get('kind'))
  const text = String(data.get('text') ?? '').trim()
  for (const id of ['kind', 'text', 'file']) mark(id, '')
  if (kind === undefined) mark('kind', w.need)
  if (text === '') mark('text', w.need)
  if (kind === undefined || text === '') return part(kind === undefined ? 'kind' : 'text').focus()
  button.setAttribute('aria-disabled', 'true')
  button.textContent = w.sendingAll
  try {
    const fileId = await proof(form, button)
    if (fileId === undefined) return
    const body = { enrollmentId, kind, text, fileId, nameShown: data.get('nameShown') !== null }
    if (sent !== JSON.stringify(body)) forgetAttempts('complain.')
    sent = JSON.stringify(body)
    const answer = await attempt(`complain.${enrollmentId}`, (key) => callAsMe('raiseComplaint', { body, key }))
    if (answer.ok) {
      complaints = [answer.value.complaint, ...complaints]
      form.remove()
      draw()
      return said(html`<p class="notice good-news">${icon('circle-check')}<span>${w.sent}</span></p>`.text)
    }
    const wrong = answer.problem.errors?.find(({ pointer }) => pointer === '#/text')
    if (wrong === undefined) return said(problemNotice(answer.problem, lang).text, 'complain-said')
    mark('text', wrong.detail)
    part('text').focus()
  } finally {
    button.removeAttribute('aria-disabled')
    button.textContent = w.send
  }
}

async function say(complaintId: string, settled: boolean, button: HTMLButtonElement): Promise<void> {
  if (button.getAttribute('aria-disabled') === 'true') return
  const more = document.getElementById(`more-${complaintId}`) as HTMLTextAreaElement | null
  const text = more === null || more.value.trim() === '' ? null : more.value.trim()
  button.setAttribute('aria-disabled', 'true')
  try {
    const input = { params: { complaintId }, body: { settled, text } }
    const words = JSON.stringify(input)
    if (words !== spoken.words) spoken = { words, name: crypto.randomUUID() }
    const answer = await attempt(`say.${spoken.name}`, (key) => callAsMe('sayOfComplaint', { ...input, key }))
    if (!answer.ok) {
      const wrong = answer.problem.errors?.find(({ pointer }) => pointer === '#/text')
      if (wrong === undefined) return said(problemNotice(answer.problem, lang).text)
      mark(`more-${complaintId}`, wrong.detail)
      return more?.focus()
    }
    complaints = complaints.map((one) => (one.id === complaintId ? answer.value.complaint : one))
    draw()
    said(html`<p class="notice good-news">${icon('circle-check')}<span>${settled ? w.closed : w.passed}</span></p>`.text)
  } finally {
    button.removeAttribute('aria-disabled')
  }
}

place.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-settled],[data-unsettled]') : null
  const { settled, unsettled } = button?.dataset ?? {}
  const id = settled ?? unsettled
  if (button && id) void say(id, settled !== undefined, button).catch(() => said(problemNotice(undefined, lang).text))
})

function failed(problem?: Problem): void {
  place.innerHTML = problemNotice(problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
  place.querySelector('button')?.addEventListener('click', () => void load().catch(() => failed()))
}

void load().catch(() => failed())
