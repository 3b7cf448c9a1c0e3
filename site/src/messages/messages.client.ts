import type { Thread, ThreadLine } from '@skills/contract/messages.ts'
import type { Problem } from '@skills/contract/client.ts'
import { html, icon } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { about, messageList, threadLine } from './message-list.ts'
import { messagesText } from './messages.text.ts'
import { askToReport } from './report.client.ts'
import { showRun } from './run-messages.client.ts'
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

/** A question was sent: it is shown in its place. */
function sentQuestion(thread: Thread): void {
  history.pushState(null, '', `${location.pathname}?thread=${thread.id}`)
  showThread(thread)
  said.innerHTML = good(w.sent).text
}

async function loadThread(threadId: string): Promise<void> {
  const answer = await callAsMe('getThread', { params: { threadId } })
  if (answer.ok) showThread(answer.value)
  else failed(answer.problem)
}

function begin(): void {
  const thread = new URLSearchParams(location.search).get('thread')
  const run = asked.get('run')
  const shown = thread ? loadThread(thread) : run ? showRun({ place, crumbs, failed, asked: sentQuestion }, run) : showMine()
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
