import type { Thread, ThreadLine } from '@skills/contract/messages.ts'
import type { Problem } from '@skills/contract/client.ts'
import { html, icon } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { about, announcement, messageList, threadLine } from './message-list.ts'
import { messagesText } from './messages.text.ts'
import { askToReport } from './report.client.ts'
import { listenWords, writeForm } from './write-form.ts'

const lang = pageLanguage()
const w = messagesText[lang]
const place = document.getElementById('messages') as HTMLElement
const said = document.getElementById('messages-said') as HTMLElement
const asked = new URLSearchParams(location.search)

const good = (text: string) => html`<p class="notice good-news">${icon('circle-check')}<span>${text}</span></p>`
const crumbs = html`<p class="crumbs"><a href="${at(lang, '/messages/')}">${icon('chevron-left')}${w.all}</a></p>`

function failed(problem?: Problem): void {
  place.innerHTML = problemNotice(problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
  place.querySelector('button')?.addEventListener('click', begin)
}

/** Everything that was ever asked, newest first. */
async function showMine(): Promise<void> {
  const items: ThreadLine[] = []
  const load = async (cursor: string | null): Promise<void> => {
    const answer = await callAsMe('listMyThreads', { query: { limit: '30', ...(cursor === null ? {} : { cursor }) } })
    if (!answer.ok) return failed(answer.problem)
    items.push(...answer.value.items)
    const { next } = answer.value
    place.innerHTML =
      items.length === 0 && next === null
        ? empty(w.none, w.noneHint, '', html`<a class="button" href="${at(lang, '/learning/')}">${w.toLearning}</a>`).text
        : html`<section class="stack">
            <h2>${w.mine}</h2>
            <ul class="stack">
              ${items.map((one) => threadLine(one, lang))}
            </ul>
            ${next === null ? '' : html`<button id="more" class="button plain block" type="button">${w.more}</button>`}
          </section>`.text
    document.getElementById('more')?.addEventListener('click', () => void load(next).catch(() => failed()))
  }
  await load(null)
}

/** What was announced for a run; the way to ask for who learns there, the questions for who answers. */
async function showRun(runId: string): Promise<void> {
  const params = { runId }
  const [announced, questions] = await Promise.all([
    callAsMe('listAnnouncements', { params, query: { limit: '50' } }),
    callAsMe('listRunThreads', { params, query: { limit: '50' } }),
  ])
  if (!announced.ok) return failed(announced.problem)
  const { items } = announced.value
  place.innerHTML = html`${crumbs}
    <section class="stack">
      <h2>${w.announcements}</h2>
      ${
        items.length === 0
          ? html`<p class="soft">${w.noAnnouncements}</p>`
          : html`<ul class="stack">
              ${items.map((one) => announcement(one, lang))}
            </ul>`
      }
    </section>
    ${
      questions.ok
        ? html`<section class="stack">
            <h2>${w.questions}</h2>
            ${
              questions.value.items.length === 0
                ? html`<p class="soft">${w.noQuestions}</p>`
                : html`<ul class="stack">
                    ${questions.value.items.map((one) => threadLine(one, lang))}
                  </ul>`
            }
          </section>`
        : writeForm('ask', true)
    }`.text
  if (!questions.ok)
    listenWords(
      'ask',
      (body, key) => callAsMe('askQuestion', { params, body, key }),
      (thread) => {
        history.pushState(null, '', `${location.pathname}?thread=${thread.id}`)
        showThread(thread)
        said.innerHTML = good(w.sent).text
      },
    )
}

/** A thread with its messages, and the way to write on. */
function showThread(thread: Thread): void {
  place.dataset['shown'] = thread.id
  const head = thread.kind === 'announcement' ? '' : thread.mayWrite ? writeForm('reply', false) : html`<p class="soft">${w.closed}</p>`
  place.innerHTML = html`${crumbs}
    <h2>${thread.title ?? w.hiddenTitle}</h2>
    <p class="soft small">${about(thread, lang)}${thread.asker === null ? '' : html` · ${w.asker(thread.asker)}`}</p>
    ${messageList(thread, lang)} ${head}`.text
  listenWords('reply', ({ text }, key) => callAsMe('writeMessage', { params: { threadId: thread.id }, body: { text }, key }), showThread)
}

async function loadThread(threadId: string): Promise<void> {
  const answer = await callAsMe('getThread', { params: { threadId } })
  if (answer.ok) showThread(answer.value)
  else failed(answer.problem)
}

function begin(): void {
  const thread = new URLSearchParams(location.search).get('thread')
  const run = asked.get('run')
  const shown = thread ? loadThread(thread) : run ? showRun(run) : showMine()
  void shown.catch(() => failed())
}

place.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-report]') : null
  if (!button) return
  const threadId = button.closest<HTMLElement>('[data-thread]')?.dataset['thread'] ?? place.dataset['shown'] ?? ''
  askToReport(threadId, button.dataset['report'] ?? '', () => {
    said.innerHTML = good(w.reported).text
    button.remove()
  })
})
addEventListener('popstate', begin)
begin()
