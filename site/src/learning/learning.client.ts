import type { CreditView } from '@skills/contract/attendance.ts'
import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import type { OrderView } from '@skills/contract/orders.routes.ts'
import type { WaitlistEntry } from '@skills/contract/waitlist.routes.ts'
import { startCountdown } from '../countdown.ts'
import { html, icon, type Html } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { askToAccept, declineInvitation } from '../invitations/answer-invitation.ts'
import { invitationCard, type Invitation } from '../invitations/invitation-card.ts'
import { at, pageLanguage, say } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { entryCard } from '../waiting/entry-card.ts'
import { leaveQueue } from '../waiting/queue-buttons.ts'
import { waitingText } from '../waiting/waiting.text.ts'
import './calendar.client.ts'
import { heldCard } from './held-card.ts'
import { askToLeave } from './leave.client.ts'
import { learningCard } from './learning-card.ts'
import { learningText } from './learning.text.ts'
import { weeks } from './weeks.ts'

const lang = pageLanguage()
const w = learningText[lang]
const q = waitingText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const place = part('learning')
const items: LearningItem[] = []
let entries: WaitlistEntry[] = []
let invitations: Invitation[] = []
/** The newest orders: what came back of seats that are gone. */
let orders: OrderView[] = []
/** What attending came to, by enrollment. */
const credits = new Map<string, CreditView>()
/** Lists that did not come; said above the rest, because an offer could be among them. */
let unknown = false
let next: string | null = null

const section = (title: string, cards: Html[]) =>
  cards.length === 0
    ? ''
    : html`<section class="stack">
        <h2>${title} <span class="figures soft">${cards.length}</span></h2>
        <ul class="tickets">
          ${cards}
        </ul>
      </section>`

function draw(): void {
  part('side').hidden = false
  part('weeks').innerHTML = weeks(
    items.filter((item) => item.enrollment.state === 'active').flatMap((item) => item.run.meetings.map((meeting) => meeting.startsAt)),
    lang,
    new Date().toISOString(),
  ).text
  const notice = unknown
    ? html`<div class="notice warn" role="status">
        ${icon('triangle-alert')}
        <div>
          ${q.failed}
          <p class="row"><button class="button plain" type="button" data-reload>${w.again}</button></p>
        </div>
      </div>`
    : ''
  const held = items.filter((item) => item.enrollment.state === 'held')
  const offers = entries.filter((entry) => entry.state === 'offered')
  const waits = entries.filter((entry) => entry.state === 'waiting')
  const open = invitations.filter((one) => one.state === 'open')
  const shown = items.length + offers.length + waits.length + open.length
  const phase = (name: string) => {
    const of = items.filter((item) => item.enrollment.state !== 'held' && item.phase === name)
    return section(
      w.phases[name] ?? '',
      of.map((item) =>
        learningCard(
          item,
          { order: orders.find(({ order }) => order.id === item.enrollment.orderId), credit: credits.get(item.enrollment.id) },
          lang,
        ),
      ),
    )
  }
  const cards = <T>(of: T[], card: (one: T) => Html) => of.map(card)
  place.innerHTML = html`${notice}
  ${
    shown === 0
      ? empty(w.emptyTitle, w.emptyHint, '', html`<a class="button" href="${at(lang, '/courses/')}">${w.find}</a>`)
      : html`${section(
          w.phases['held'] ?? '',
          cards(held, (item) => heldCard(item, lang, Date.now())),
        )}${section(
          q.offers,
          cards(offers, (entry) => entryCard(entry, lang)),
        )}${section(
          w.invitations,
          cards(open, (one) => invitationCard(one, lang)),
        )}${phase('running')}${phase('upcoming')}${section(
          q.mine,
          cards(waits, (entry) => entryCard(entry, lang)),
        )}${phase('past')}${phase('cancelled')}`
  }
  ${next === null ? '' : html`<button id="more" class="button plain block" type="button">${w.more}</button>`}`.text
  document.getElementById('more')?.addEventListener('click', () => void load(next).catch(failed))
  place.querySelector('[data-reload]')?.addEventListener('click', () => void load(null).catch(failed))
  for (const clock of place.querySelectorAll<HTMLElement>('[data-hold-until],[data-offer-until]')) {
    const { holdUntil, offerUntil } = clock.dataset
    startCountdown(clock, holdUntil ?? offerUntil ?? '', holdUntil ? w.heldLabel : q.offerLabel, lang, () => clock.replaceChildren())
  }
}

async function load(cursor: string | null): Promise<void> {
  const quiet = <T>(asked: Promise<T>) => asked.catch(() => undefined)
  const [answer, waiting, invited, ordered] = await Promise.all([
    callAsMe('listMyEnrollments', { query: { limit: '50', ...(cursor === null ? {} : { cursor }) } }),
    cursor === null ? quiet(callAsMe('listMyWaiting', {})) : undefined,
    cursor === null ? quiet(callAsMe('listMyInvitations', {})) : undefined,
    cursor === null ? quiet(callAsMe('listMyOrders', { query: { limit: '50' } })) : undefined,
  ])
  if (!answer.ok) {
    place.innerHTML = problemNotice(answer.problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
    place.querySelector('button')?.addEventListener('click', () => void load(null).catch(failed))
    return
  }
  if (cursor === null) {
    items.length = 0
    entries = waiting?.ok ? waiting.value.entries : []
    invitations = invited?.ok ? invited.value.invitations : []
    orders = ordered?.ok ? ordered.value.items : []
    unknown = !waiting?.ok || !invited?.ok
  }
  items.push(...answer.value.items)
  next = answer.value.next
  draw()
  if (answer.value.items.some(({ phase }) => phase === 'past')) await quiet(loadCredits())
}

/** Hours come a day after the last meeting; who has nothing behind her is not asked for them. */
async function loadCredits(): Promise<void> {
  const answer = await callAsMe('listMyAttendance', { query: { limit: '50' } })
  if (!answer.ok) return
  for (const { enrollmentId, credit } of answer.value.items) if (credit) credits.set(enrollmentId, credit)
  if (credits.size > 0) draw()
}

function failed(): void {
  place.innerHTML = problemNotice(undefined, lang, html`<button class="button" type="button">${w.again}</button>`).text
  place.querySelector('button')?.addEventListener('click', () => void load(null).catch(failed))
}

/** Shows the page anew and says above it what was done. */
async function sayDone(text: string): Promise<void> {
  await load(null).catch(failed)
  part('said').innerHTML = html`<p class="notice good-news">${icon('circle-check')}<span>${text}</span></p>`.text
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

async function leaveWaiting(button: HTMLButtonElement, runId: string): Promise<void> {
  const offered = entries.find((entry) => entry.runId === runId)?.state === 'offered'
  const said = button.closest('li')?.querySelector<HTMLElement>('.waiting-said')
  if (said && (await leaveQueue(runId, button, said))) await sayDone(offered ? q.declined : q.left)
}

async function decline(one: Invitation): Promise<void> {
  const { done, said } = await declineInvitation(one)
  if (done) return sayDone(said)
  part('said').innerHTML = said
}

const lost = () => (part('said').innerHTML = problemNotice(undefined, lang).text)

place.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button') : null
  if (!button) return
  const { cancel, ics, leaveQueue: queue, accept, decline: declined } = button.dataset
  const item = items.find((one) => one.enrollment.id === cancel)
  const invitation = invitations.find((one) => one.id === (accept ?? declined))
  if (item) void askToLeave(item, ({ title }) => sayDone(w.cancelled(say(title, lang)))).catch(lost)
  if (ics) void download(ics).catch(lost)
  if (queue) void leaveWaiting(button, queue).catch(lost)
  if (invitation && accept) void askToAccept(invitation, (text) => void sayDone(text)).catch(lost)
  if (invitation && declined) void decline(invitation).catch(lost)
})
void load(null).catch(failed)
