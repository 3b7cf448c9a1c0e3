import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { moment } from '../dates.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import './calendar.client.ts'
import { learningCard } from './learning-card.ts'
import { learningText } from './learning.text.ts'
import { weeks } from './weeks.ts'

const lang = pageLanguage()
const w = learningText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const place = part('learning')
const dialog = part('leave') as HTMLDialogElement
const items: LearningItem[] = []
let next: string | null = null
let leaving: LearningItem | undefined

function draw(): void {
  part('side').hidden = false
  part('weeks').innerHTML = weeks(
    items.filter((item) => item.enrollment.state === 'active').flatMap((item) => item.run.meetings.map((meeting) => meeting.startsAt)),
    lang,
    new Date().toISOString(),
  ).text
  if (items.length === 0) {
    place.innerHTML = empty(w.emptyTitle, w.emptyHint, '', html`<a class="button" href="${at(lang, '/courses/')}">${w.find}</a>`).text
    return
  }
  const phases = ['running', 'upcoming', 'past', 'cancelled']
    .map((phase) => ({ phase, of: items.filter((item) => item.phase === phase) }))
    .filter(({ of }) => of.length > 0)
  place.innerHTML = html`${phases.map(
    ({ phase, of }) =>
      html`<section class="stack">
        <h2>${w.phases[phase]} <span class="figures soft">${of.length}</span></h2>
        <ul class="tickets">
          ${of.map((item) => learningCard(item, lang))}
        </ul>
      </section>`,
  )}${next === null ? '' : html`<button id="more" class="button plain block" type="button">${w.more}</button>`}`.text
  document.getElementById('more')?.addEventListener('click', () => void load(next).catch(failed))
}

async function load(cursor: string | null): Promise<void> {
  const answer = await callAsMe('listMyEnrollments', { query: { limit: '50', ...(cursor === null ? {} : { cursor }) } })
  if (!answer.ok) {
    place.innerHTML = problemNotice(answer.problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
    place.querySelector('button')?.addEventListener('click', () => void load(null).catch(failed))
    return
  }
  if (cursor === null) items.length = 0
  items.push(...answer.value.items)
  next = answer.value.next
  draw()
}

function failed(): void {
  place.innerHTML = problemNotice(undefined, lang, html`<button class="button" type="button">${w.again}</button>`).text
  place.querySelector('button')?.addEventListener('click', () => void load(null).catch(failed))
}

/** Asks before a seat is given away, and says by which rule that is possible. */
function askToLeave(item: LearningItem): void {
  leaving = item
  part('leave-text').innerHTML = html`<p>${w.cancelText(say(item.title, lang))}</p>
    <p class="soft">${item.cancelUntil ? w.cancelPolicy(moment(item.cancelUntil, lang)) : w.tooLate}</p>`.text
  part('leave-said').textContent = ''
  dialog.showModal()
}

async function leave(): Promise<void> {
  const item = leaving
  const button = part('leave-yes') as HTMLButtonElement
  if (!item || button.disabled) return
  button.disabled = true
  button.textContent = w.cancelling
  try {
    const answer = await attempt(`cancel.${item.enrollment.id}`, (key) =>
      callAsMe('cancelEnrollment', { params: { enrollmentId: item.enrollment.id }, body: {}, key }),
    )
    if (!answer.ok) {
      part('leave-said').innerHTML = problemNotice(answer.problem, lang).text
      return
    }
    forgetAttempts(`claim.${item.run.id}.`)
    dialog.close()
    await load(null)
    part('said').innerHTML = html`<p class="notice good-news">
      ${icon('circle-check')}<span>${w.cancelled(say(item.title, lang))}</span>
    </p>`.text
  } catch {
    part('leave-said').innerHTML = problemNotice(undefined, lang).text
  } finally {
    button.disabled = false
    button.textContent = w.confirm
  }
}

async function download(enrollmentId: string): Promise<void> {
  const answer = await callAsMe('getEnrollmentCalendar', { params: { enrollmentId } })
  if (!answer.ok) {
    part('said').innerHTML = problemNotice(answer.problem, lang).text
    return
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([answer.value], { type: 'text/calendar' }))
  link.download = `${enrollmentId}.ics`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

place.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cancel],[data-ics]') : null
  const item = items.find((one) => one.enrollment.id === button?.dataset['cancel'])
  if (item) askToLeave(item)
  if (button?.dataset['ics'])
    void download(button.dataset['ics']).catch(() => (part('said').innerHTML = problemNotice(undefined, lang).text))
})
part('leave-no').addEventListener('click', () => dialog.close())
part('leave-yes').addEventListener('click', () => void leave())
void load(null).catch(failed)
