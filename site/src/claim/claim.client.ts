import type { Obstacle } from '@skills/contract/enrollment.routes.ts'
import type { Problem } from '@skills/contract/client.ts'
import type { CourseSnapshot } from '@skills/contract/snapshot.ts'
import { loadCourse, loadIndex, loadRows } from '../catalog/load.ts'
import { showLiveSeats } from '../catalog/live-seats.ts'
import { html, icon, type Html } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { readSession } from '../identity/session.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { alternatives } from './alternatives.ts'
import { claimText } from './claim.text.ts'
import { startCountdown } from './countdown.ts'
import { runSummary } from './run-summary.ts'
import { waysOn } from './ways-on.ts'

const lang = pageLanguage()
const w = claimText[lang]
const query = new URLSearchParams(location.search)
const runId = query.get('run') ?? ''
const back = location.pathname + location.search
const place = document.getElementById('claim') as HTMLElement
const summary = document.getElementById('run') as HTMLElement
let snapshot: CourseSnapshot | undefined

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
  summary.innerHTML = runSummary(snapshot, offered.run, offered.free, lang, Date.now()).text
  void showLiveSeats(summary)
  if (!readSession()) {
    show(
      html`<div class="notice">
        ${icon('user-round')}
        <div>
          <strong>${w.signInTitle}</strong>${w.signInHint}
          <p class="row"><a class="button big" href="${at(lang, '/sign-in/')}?${new URLSearchParams({ back })}">${w.signIn}</a></p>
        </div>
      </div>`,
    )
    return
  }
  await check()
}

/** Asks what stands in the way and shows it, or the button. */
async function check(): Promise<void> {
  const answer = await callAsMe('checkClaim', { params: { runId } })
  if (!answer.ok) return refuse(answer.problem)
  const { obstacles, enrollment, needsHealthCommitment } = answer.value
  if (enrollment?.state === 'active') {
    forgetAttempts(`claim.${runId}.`)
    show(
      html`<div class="notice good-news">
        ${icon('circle-check')}
        <div>
          <strong>${w.alreadyTitle}</strong>
          <p class="row"><a class="button" href="${at(lang, '/learning/')}">${w.toLearning}</a></p>
        </div>
      </div>`,
    )
    return
  }
  const waiting = obstacles.find((one) => one.code === 'registration-not-open')
  const others = obstacles.filter((one) => one !== waiting)
  if (others.some((one) => waysOn(one.code, '', back, lang).alternatives)) void showAlternatives()
  const commitment = needsHealthCommitment
    ? html`<fieldset class="card">
        <legend class="unseen">${w.healthTitle}</legend>
        <label class="tick"><input id="health" type="checkbox" /><span>${w.health}</span></label>
      </fieldset>`
    : ''
  show(
    html`${
      others.length > 0
        ? html`<section class="stack" aria-labelledby="missing">
            <h2 id="missing">${w.missing}</h2>
            ${others.map(obstacle)}
          </section>`
        : ''
    }
    ${
      waiting
        ? html`<div class="notice warn">
            ${icon('hourglass')}
            <div>
              <strong>${w.notOpen}</strong>${waiting.detail[lang]}
              <div id="clock"></div>
              <span class="small soft">${w.wait}</span>
            </div>
          </div>`
        : ''
    }
    ${
      obstacles.length === 0
        ? html`<div class="notice good-news">
            ${icon('circle-check')}
            <div><strong>${w.ready}</strong>${w.readyHint}</div>
          </div>`
        : ''
    }
    ${
      others.length > 0
        ? html`<button id="recheck" class="button plain" type="button">${icon('refresh-cw')}${w.recheck}</button>`
        : html`${commitment}
            <div id="said" aria-live="assertive"></div>
            <button id="go" class="button big block" type="button" ${waiting ? 'disabled' : ''}>${w.claim}</button>`
    }`,
  )
  document.getElementById('recheck')?.addEventListener('click', () => void again())
  document.getElementById('go')?.addEventListener('click', () => void claim(needsHealthCommitment))
  const clock = document.getElementById('clock')
  const opensAt = snapshot?.runs.find(({ run }) => run.id === runId)?.run.opensAt
  if (clock && opensAt) startCountdown(clock, opensAt, lang, opened)
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

const obstacle = (one: Obstacle) => {
  const { actions } = waysOn(one.code, snapshot?.course.id ?? '', back, lang)
  return html`<div class="notice warn" data-code="${one.code}">
    ${icon('triangle-alert')}
    <div>
      ${one.detail[lang]}
      <p class="row">${actions}</p>
    </div>
  </div>`
}

async function claim(needsHealth: boolean): Promise<void> {
  const button = document.getElementById('go') as HTMLButtonElement
  const said = document.getElementById('said') as HTMLElement
  const health = document.getElementById('health') as HTMLInputElement | null
  if (button.disabled) return
  if (needsHealth && !health?.checked) {
    said.innerHTML = html`<p class="field-error">${icon('circle-alert')}${w.healthMissing}</p>`.text
    health?.focus()
    return
  }
  button.disabled = true
  button.textContent = w.claiming
  said.textContent = ''
  try {
    const answer = await attempt(`claim.${runId}.${needsHealth ? 'h' : ''}`, (key) =>
      callAsMe('claimSeat', { params: { runId }, body: needsHealth ? { healthCommitment: true } : {}, key }),
    )
    if (!answer.ok) return refuse(answer.problem)
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
  } catch {
    // No answer came: the seat may have been claimed. The same key asks again and never claims twice.
    said.innerHTML = problemNotice(undefined, lang).text
    button.disabled = false
    button.textContent = w.again
  }
}

/** Says a refusal with every way on from it. */
function refuse(problem: Problem): void {
  const { actions, alternatives: wanted } = waysOn(problem.code, snapshot?.course.id ?? '', back, lang)
  const retry =
    problem.retry === 'same-key' || problem.retry === 'later'
      ? html`<button id="retry" class="button plain" type="button">${icon('refresh-cw')}${w.again}</button>`
      : ''
  show(html`<div id="refused" tabindex="-1">${problemNotice(problem, lang, html`${actions}${retry}`)}</div>`)
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
