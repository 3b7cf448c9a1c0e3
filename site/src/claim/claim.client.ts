import type { Enrollment } from '@skills/contract/claim.routes.ts'
import type { Problem } from '@skills/contract/client.ts'
import type { CourseSnapshot } from '@skills/contract/snapshot.ts'
import { loadCourse, loadIndex, loadRows } from '../catalog/load.ts'
import { showLiveSeats } from '../catalog/live-seats.ts'
import { startCountdown } from '../countdown.ts'
import { html, icon, type Html } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { readSession } from '../identity/session.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { pricePart } from '../price/price-part.ts'
import { joinQueue, leaveQueue } from '../waiting/queue-buttons.ts'
import { waitingText } from '../waiting/waiting.text.ts'
import { alternatives } from './alternatives.ts'
import { claimText } from './claim.text.ts'
import { claimView, type ClaimView } from './claim-view.ts'
import { runSummary } from './run-summary.ts'
import { waysOn } from './ways-on.ts'

const lang = pageLanguage()
const w = claimText[lang]
const query = new URLSearchParams(location.search)
const runId = query.get('run') ?? ''
const back = location.pathname + location.search
const place = document.getElementById('claim') as HTMLElement
const summary = document.getElementById('run') as HTMLElement
const part = pricePart(runId)
let snapshot: CourseSnapshot | undefined
let priced = false
let view: Pick<ClaimView, 'obstacles' | 'needsHealth' | 'queue'> | undefined

/** Refusals that mean: look at the price again, then confirm again. */
const priceCodes = ['price-changed', 'quote-expired', 'quote-needed']

/** Shows what comes beside the run; until then nothing stands there that could move. */
const show = (content: Html) => {
  place.innerHTML = content.text
  place.hidden = false
}

/** The course of a run when the address does not name it. */
async function courseOfRun(): Promise<string | undefined> {
  const index = await loadIndex()
  for (const { file } of index.rows) {
    const found = (await loadRows(file)).find((row) => row.r.some((run) => run[0] === runId))
    if (found) return found.id
  }
  return undefined
}

async function start(): Promise<void> {
  const courseId = query.get('course') ?? (await courseOfRun().catch(() => undefined))
  snapshot = courseId === undefined ? undefined : await loadCourse(courseId)
  const offered = snapshot?.runs.find(({ run }) => run.id === runId)
  if (!snapshot || !offered) {
    summary.remove()
    show(empty(w.badTitle, w.bad, '', html`<a class="button" href="${at(lang, '/courses/')}">${w.courses}</a>`))
    return
  }
  priced = offered.run.priceFen > 0
  summary.innerHTML = runSummary(snapshot, offered.run, offered.free, lang, Date.now()).text
  void showLiveSeats(summary)
  if (!readSession()) {
    show(
      html`<div class="notice">
        ${icon('user-round')}
        <div>
          <strong>${w.signInTitle}</strong>${priced ? w.signInPrice : w.signInHint}
          <p class="row"><a class="button big" href="${at(lang, '/sign-in/')}?${new URLSearchParams({ back })}">${w.signIn}</a></p>
        </div>
      </div>`,
    )
    return
  }
  await check()
}

/** Asks what stands in the way and what it costs, and shows it with the button, or with the queue. */
async function check(note?: Html): Promise<void> {
  // Who waits longer than a moment is told what for; a quick answer finds nothing to push aside.
  const slow = setTimeout(() => place.hidden && show(html`<p role="status" class="soft">${w.loading}</p>`), 1_500)
  const [answer, noPrice] = await Promise.all([callAsMe('checkClaim', { params: { runId } }), priced ? part.load() : undefined]).finally(
    () => clearTimeout(slow),
  )
  if (!answer.ok) return refuse(answer.problem)
  const { obstacles, enrollment, needsHealthCommitment: needsHealth, free } = answer.value
  if (enrollment?.state === 'active' || enrollment?.state === 'held') return taken(enrollment)
  if (noPrice) return refuse(noPrice)
  const queued = free === 0 ? await callAsMe('getMyPlace', { params: { runId } }).catch(() => undefined) : undefined
  view = { obstacles, needsHealth, queue: queued?.ok ? queued.value : undefined }
  if (obstacles.some((one) => waysOn(one.code, '', back, lang).alternatives)) void showAlternatives()
  draw(note)
}

/** Draws what is known; what was ticked stays ticked. */
function draw(note?: Html): void {
  if (!view) return
  const ticked = (document.getElementById('health') as HTMLInputElement | null)?.checked ?? false
  const price = priced ? part.price : undefined
  const slip = price ? part.draw() : html``
  show(claimView({ ...view, courseId: snapshot?.course.id ?? '', back, price, slip, ticked, note }, lang))
  part.listen(place, () => draw())
  const on = (id: string, act: (button: HTMLButtonElement) => void) => {
    const button = document.getElementById(id) as HTMLButtonElement | null
    button?.addEventListener('click', () => act(button))
  }
  on('recheck', () => void again())
  on('go', () => void claim())
  const said = document.getElementById('waiting-said') as HTMLElement
  on('join-queue', (button) => void joinQueue(runId, button, said).then((done) => (done ? again() : undefined)))
  on('leave-queue', (button) => void leaveQueue(runId, button, said).then((done) => (done ? again() : undefined)))
  const clock = document.getElementById('clock')
  const opensAt = snapshot?.runs.find(({ run }) => run.id === runId)?.run.opensAt
  if (clock && opensAt) {
    startCountdown(clock, opensAt, w.opensIn, lang, opened)
    quoteForOpening(opensAt)
  }
  const offer = document.getElementById('offer-clock')
  const until = view.queue?.entry?.offerUntil
  if (offer && until) startCountdown(offer, until, waitingText[lang].offerLabel, lang, () => void again())
}

/** Gets a price that will still stand when registration opens, a little earlier for some than for others, so that not everybody asks in that second. */
function quoteForOpening(opensAt: string): void {
  const left = Date.parse(opensAt) - Date.now()
  if (!part.price || left > 3_600_000 * 24 || Date.parse(part.price.quoteExpiresAt) > Date.parse(opensAt) + 60_000) return
  const shown = part.price.split.payableFen
  setTimeout(
    () => void part.load().then((problem) => problem ?? (part.price?.split.payableFen === shown || draw())),
    Math.max(0, left - 20_000 - Math.random() * 100_000),
  )
}

/** The moment has come: the button lights up at once, without asking anything first, because everybody presses now. */
function opened(): void {
  const clock = document.getElementById('clock')
  const button = document.getElementById('go') as HTMLButtonElement | null
  if (!button) return void again()
  if (clock) clock.innerHTML = html`<p role="status"><strong>${w.openNow}</strong></p>`.text
  button.disabled = false
  button.focus()
}

/** A seat that is there already: to be paid for, or to be looked at in my learning. */
function taken({ state, orderId }: Enrollment): void {
  forgetAttempts(`claim.${runId}.`)
  const held = state === 'held' && orderId !== null
  show(
    html`<div class="notice good-news">
      ${icon(held ? 'timer' : 'circle-check')}
      <div>
        <strong>${held ? w.heldTitle : w.alreadyTitle}</strong>
        <p class="row">
          ${
            held
              ? html`<a class="button" href="${payHref(orderId)}">${w.toPay}</a>`
              : html`<a class="button" href="${at(lang, '/learning/')}">${w.toLearning}</a>`
          }
        </p>
      </div>
    </div>`,
  )
}

const payHref = (orderId: string) => at(lang, `/orders/pay/?order=${orderId}`)

async function claim(): Promise<void> {
  const button = document.getElementById('go') as HTMLButtonElement
  const said = document.getElementById('said') as HTMLElement
  const health = document.getElementById('health') as HTMLInputElement | null
  if (button.disabled) return
  if (health && !health.checked) {
    said.innerHTML = html`<p class="field-error">${icon('circle-alert')}${w.healthMissing}</p>`.text
    health.focus()
    return
  }
  const name = button.textContent
  button.disabled = true
  button.textContent = w.claiming
  said.textContent = ''
  const before = part.price?.split.payableFen ?? 0
  try {
    // A quote that was sent and not answered is sent again as it was: only then it is the same request.
    if (priced && name !== w.again) {
      const fresh = await part.fresh()
      if ('problem' in fresh) return refuse(fresh.problem)
      if (fresh.moved) return draw(priceNote(w.priceMoved, before))
    }
    const quote = priced ? part.price?.quote : undefined
    const body = { ...(health ? { healthCommitment: true as const } : {}), ...(quote ? { quote } : {}) }
    const answer = await attempt(`claim.${runId}.${health ? 'h' : ''}${quote?.slice(-16) ?? ''}`, (key) =>
      callAsMe('claimSeat', { params: { runId }, body, key }),
    )
    if (!answer.ok) {
      if (!priceCodes.includes(answer.problem.code)) return refuse(answer.problem)
      priced = true
      const problem = await part.load()
      return problem ? refuse(problem) : draw(priceNote(answer.problem.detail, before))
    }
    if (answer.value.state === 'held' && answer.value.orderId) return location.assign(payHref(answer.value.orderId))
    done()
  } catch {
    // No answer came: the seat may have been claimed. The same key asks again and never claims twice.
    said.innerHTML = problemNotice(undefined, lang).text
    button.disabled = false
    button.textContent = w.again
  }
}

/** Says that the price is another one, before anything else on the page. */
function priceNote(detail: string, before: number): Html {
  queueMicrotask(() => document.getElementById('price-note')?.focus())
  return html`<div class="notice warn" id="price-note" role="alert" tabindex="-1" data-code="price-changed">
    ${icon('refresh-cw')}
    <div><strong>${w.priceAgain}</strong>${detail} ${part.explain(before)}</div>
  </div>`
}

function done(): void {
  show(
    html`<div class="notice good-news done" role="status" tabindex="-1">
      ${icon('ticket')}
      <div>
        <strong>${w.doneTitle}</strong>${w.done}
        <p class="row"><a class="button big" href="${at(lang, '/learning/')}">${w.toLearning}</a></p>
      </div>
    </div>`,
  )
  place.querySelector<HTMLElement>('.done')?.focus()
  void showLiveSeats(summary)
  // Seats left are remembered for a second on their way here.
  setTimeout(() => void showLiveSeats(summary), 1_500)
}

/** Says a refusal with every way on from it. */
function refuse(problem: Problem): void {
  const { actions, alternatives: wanted } = waysOn(problem.code, snapshot?.course.id ?? '', back, lang)
  const retry =
    problem.code === 'sold-out'
      ? html`<button id="retry" class="button" type="button">${icon('users')}${w.toQueue}</button>`
      : problem.retry === 'same-key' || problem.retry === 'later'
        ? html`<button id="retry" class="button plain" type="button">${icon('refresh-cw')}${w.again}</button>`
        : ''
  show(html`<div id="refused" tabindex="-1">${problemNotice(problem, lang, html`${retry}${actions}`)}</div>`)
  document.getElementById('refused')?.focus()
  document.getElementById('retry')?.addEventListener('click', () => void again())
  if (wanted) void showAlternatives()
  void showLiveSeats(summary)
}

async function showAlternatives(): Promise<void> {
  const target = document.getElementById('alternatives') as HTMLElement
  if (snapshot && target.childElementCount === 0) target.innerHTML = (await alternatives(snapshot.course, lang, Date.now())).text
}

async function again(): Promise<void> {
  await check().catch(failed)
}

function failed(): void {
  if (!snapshot) summary.replaceChildren()
  show(problemNotice(undefined, lang, html`<button id="retry" class="button" type="button">${w.again}</button>`))
  document.getElementById('retry')?.addEventListener('click', () => void start().catch(failed))
}

void start().catch(failed)
