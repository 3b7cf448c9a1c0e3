import type { Outcome, Problem } from '@skills/contract/client.ts'
import type { Thread } from '@skills/contract/messages.ts'
import { html, type Html } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { announcement, threadLine } from './message-list.ts'
import { messagesText } from './messages.text.ts'
import { listenWords, writeForm } from './write-form.ts'

const lang = pageLanguage()
const w = messagesText[lang]

interface Page {
  place: HTMLElement
  crumbs: Html
  /** Says what went wrong, with the way to try again. */
  failed: (problem?: Problem) => void
  asked: (thread: Thread) => void
}
interface Part<T> {
  items: T[]
  next: string | null
}
type Load<T> = (cursor: string | null) => Promise<Outcome<Part<T>>>

const from = (cursor: string | null) => ({ limit: '50', ...(cursor === null ? {} : { cursor }) })

/** What was announced for a run; the way to ask for who has a seat there, the questions for who answers. What could not be read is said, and no form stands in for it. */
export async function showRun(page: Page, runId: string): Promise<void> {
  const params = { runId }
  const moreAnnounced = (cursor: string | null) => callAsMe('listAnnouncements', { params, query: from(cursor) })
  const moreQuestions = (cursor: string | null) => callAsMe('listRunThreads', { params, query: from(cursor) })
  const [announced, questions] = await Promise.all([moreAnnounced(null), moreQuestions(null)])
  if (!announced.ok) return page.failed(announced.problem)
  // Who learns there finds no list of questions; anything else that went wrong says nothing of who she is.
  if (!questions.ok && questions.problem.code !== 'not-found') return page.failed(questions.problem)
  const seat = questions.ok ? undefined : await seatIn(runId)
  if (seat !== undefined && !seat.ok) return page.failed(seat.problem)
  page.place.innerHTML = html`${page.crumbs}
    <section id="announced" class="stack"><h2>${w.announcements}</h2></section>
    ${
      seat === undefined
        ? html`<section id="questions" class="stack"><h2>${w.questions}</h2></section>`
        : seat.value
          ? writeForm('ask', true)
          : html`<p class="soft">${w.notSeated}</p>`
    }`.text
  list('announced', announced.value, moreAnnounced, (one) => announcement(one, lang), w.noAnnouncements)
  if (questions.ok) list('questions', questions.value, moreQuestions, (one) => threadLine(one, lang), w.noQuestions)
  else listenWords('ask', (body, key) => callAsMe('askQuestion', { params, body, key }), page.asked)
}

/** Whether the caller has a seat in a run now. */
async function seatIn(runId: string): Promise<Outcome<boolean>> {
  const mine = (cursor: string | null) => callAsMe('listMyEnrollments', { query: from(cursor) })
  let answer = await mine(null)
  while (answer.ok) {
    const { items, next } = answer.value
    const { status } = answer
    const seated = items.some(({ enrollment }) => enrollment.runId === runId && enrollment.state === 'active')
    if (seated || next === null) return { ok: true, status, value: seated }
    answer = await mine(next)
  }
  return answer
}

/** Puts a part of a list into its section, with the way to the next; what could not be fetched is said there, and what is shown stays. */
function list<T>(id: string, { items, next }: Part<T>, load: Load<T>, line: (one: T) => Html, none: string): void {
  const section = document.getElementById(id)
  if (section === null) return
  const first = section.querySelector('li') === null
  const lines = html`<ul class="stack">
    ${items.map(line)}
  </ul>`
  section.insertAdjacentHTML(
    'beforeend',
    (items.length > 0 ? lines : first && next === null ? html`<p class="soft">${none}</p>` : html``).text,
  )
  if (next === null) return
  section.insertAdjacentHTML(
    'beforeend',
    html`<div aria-live="polite"></div>
      <button class="button plain block" type="button">${w.more}</button>`.text,
  )
  const said = section.querySelector<HTMLElement>(':scope > [aria-live]')
  const button = section.querySelector<HTMLButtonElement>(':scope > button')
  const fail = (problem?: Problem) => {
    if (said) said.innerHTML = problemNotice(problem, lang).text
    if (button) {
      button.disabled = false
      button.textContent = w.again
    }
  }
  const more = async () => {
    if (button) button.disabled = true
    const answer = await load(next)
    if (!answer.ok) return fail(answer.problem)
    said?.remove()
    button?.remove()
    list(id, answer.value, load, line, none)
  }
  button?.addEventListener('click', () => void more().catch(() => fail()))
}
