import type { NoticeLine } from '@skills/contract/notices.ts'
import { html } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { showChoices } from './choices.client.ts'
import { noticeLine } from './notice-line.ts'
import { noticesText } from './notices.text.ts'
import { showUnread } from './unread.ts'

const lang = pageLanguage()
const w = noticesText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const place = part('notices')
let notices: NoticeLine[] = []
let next: string | null = null

function draw(): void {
  if (notices.length === 0) {
    place.innerHTML = empty(w.none, w.noneHint).text
    return
  }
  const unread = notices.some(({ read }) => !read)
  place.innerHTML =
    html`${unread ? html`<p class="row"><button id="read-all" class="button plain" type="button">${w.readAll}</button></p>` : ''}
      <ul class="stack">
        ${notices.map((one) => noticeLine(one, lang))}
      </ul>
      ${next === null ? '' : html`<button id="more" class="button plain block" type="button">${w.more}</button>`}`.text
  document.getElementById('more')?.addEventListener('click', () => void load(next).catch(lost))
  document
    .getElementById('read-all')
    ?.addEventListener('click', () => void markRead(notices.filter(({ read }) => !read).map(({ id }) => id)).catch(lost))
}

async function load(cursor: string | null): Promise<void> {
  const answer = await callAsMe('listNotices', { query: { limit: '30', ...(cursor === null ? {} : { cursor }) } })
  if (!answer.ok) {
    place.innerHTML = problemNotice(answer.problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
    place.querySelector('button')?.addEventListener('click', () => void load(null).catch(lost))
    return
  }
  notices = [...(cursor === null ? [] : notices), ...answer.value.notices]
  next = answer.value.next
  draw()
}

/** Marks notices as read here and on the site, a hundred at a time. */
async function markRead(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const some = ids.slice(0, 100)
  const answer = await callAsMe('readNotices', { body: { noticeIds: some } })
  if (!answer.ok) {
    part('notices-said').innerHTML = problemNotice(answer.problem, lang).text
    return
  }
  const done = new Set(some)
  notices = notices.map((one) => (done.has(one.id) ? { ...one, read: true } : one))
  showUnread(answer.value.unread)
  draw()
  await markRead(ids.slice(100))
}

const lost = () => (part('notices-said').innerHTML = problemNotice(undefined, lang).text)

place.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('[data-follow]') : null
  const id = link?.dataset['follow']
  if (!link || !id || notices.find((one) => one.id === id)?.read) return
  event.preventDefault()
  const follow = () => location.assign(link.href)
  void markRead([id]).then(follow, follow)
})

async function begin(): Promise<void> {
  await load(null)
  await showChoices()
  if (location.hash === '#choices') part('choices').scrollIntoView()
  const { unread } = await callAsMe('countUnread', {}).then((answer) => (answer.ok ? answer.value : { unread: undefined }))
  if (unread !== undefined) showUnread(unread)
}
void begin().catch(() => {
  place.innerHTML = problemNotice(undefined, lang, html`<a class="button" href="${at(lang, '/notices/')}">${w.again}</a>`).text
})
