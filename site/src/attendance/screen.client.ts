import type { CodeKind } from '@skills/contract/attendance-code.ts'
import type { AttendanceLine } from '@skills/contract/attendance.ts'
import { clockAt, dateAt, instantOf, plusMinutes } from '@skills/contract/time.ts'
import { meetingTime } from '../dates.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { attendanceText } from './attendance.text.ts'
import { startBoard } from './board.ts'
import { askScreen, meetingOfPage, readLines, type Screen } from './meeting-of-page.ts'
import { rosterList } from './roster-list.ts'

const lang = pageLanguage()
const w = attendanceText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const of = meetingOfPage()
let screen: Screen | undefined
let off = 0
let chosen: CodeKind = 'in'
let lines: AttendanceLine[] = []
/** Checks that this screen called for or passed by, so that none is called twice. */
const called = new Set<string>()

const now = () => Date.now() + off
const openCheck = () => screen?.checks.find(({ at: from, until }) => Date.parse(from) <= now() && now() <= Date.parse(until))
const shown = (): CodeKind => (openCheck() ? 'mid' : chosen)
const refuse = (problem?: Parameters<typeof problemNotice>[0]) => (part('said').innerHTML = problemNotice(problem, lang).text)

function draw(): void {
  if (!screen) return
  const { title, runName, meeting, opened } = screen
  const head = html`<h2>${say(title, lang)}</h2>
    <p class="soft">${say(runName, lang)} · <span class="figures">${meetingTime(meeting.startsAt, meeting.endsAt, lang)}</span></p>`
  const scanner = `${at(lang, '/attendance/scan/')}?${new URLSearchParams({ ...of })}`
  if (!opened) {
    part('screen').innerHTML = html`<section class="card stack">
      ${head}
      <p>${w.openHint}</p>
      <p class="row">
        <button id="open" class="button big" type="button">${w.openIt}</button
        ><a class="button plain" href="${scanner}">${icon('scan-line')}${w.toScanner}</a>
      </p>
    </section>`.text
    part('open').addEventListener('click', () => void open().catch(() => refuse()))
    return
  }
  part('screen').innerHTML = html`${head}
    <div class="row screen-head">
      <fieldset class="choices" id="kinds">
        <legend>${w.kindsTitle}</legend>
        ${(['in', 'out'] as const).map((kind) => html`<label><input type="radio" name="kind" value="${kind}" ${kind === chosen ? html`checked` : ''} />${w.kinds[kind]}</label>`)}
      </fieldset>
      <button id="check" class="button plain" type="button">${icon('bell')}${w.callCheck}</button>
      <button id="full" class="button plain" type="button">${icon('maximize')}${w.full}</button>
      <a class="button quiet" href="${scanner}">${icon('scan-line')}${w.toScanner}</a>
    </div>
    <div class="screen">
      <section class="board" id="board" aria-label="${w.screenTitle}">
        <p class="kind" data-board="kind"></p>
        <div data-board="qr"></div>
        <p class="small">${w.typeThis}</p>
        <p class="short-code" data-board="code"></p>
        <progress data-board="left" max="15" value="15" aria-hidden="true"></progress>
        <dl class="counts">
          <div>
            <dt>${w.here}</dt>
            <dd id="here"></dd>
          </div>
          <div>
            <dt>${w.left}</dt>
            <dd id="gone"></dd>
          </div>
          <div>
            <dt>${w.enrolled}</dt>
            <dd id="enrolled"></dd>
          </div>
        </dl>
        <p class="small" id="check-open"></p>
      </section>
      <section class="card stack" aria-labelledby="roster-title">
        <h2 id="roster-title">${w.roster}</h2>
        <p class="hint">${w.rosterHint}</p>
        <div id="vouch-all"></div>
        <ul class="roster-list" id="roster"></ul>
      </section>
    </div>`.text
  part('kinds').addEventListener('change', (event) => (chosen = (event.target as HTMLInputElement).value as CodeKind))
  part('check').addEventListener('click', () => void callCheck().catch(() => refuse()))
  part('full').addEventListener(
    'click',
    () =>
      void part('board')
        .requestFullscreen()
        .catch(() => undefined),
  )
  part('roster').addEventListener('click', onRoster)
  part('vouch-all').addEventListener('click', () => void vouch(late()).catch(() => refuse()))
  drawnRoster = ''
  if (screen.secret !== null) startBoard(part('board'), { ...of, secret: screen.secret }, lang, now, shown)
  drawCounts()
}

const late = () => lines.filter(({ presence }) => presence.missing.includes('confirmation')).map(({ enrollmentId }) => enrollmentId)

function drawCounts(): void {
  if (!screen?.opened) return
  part('here').textContent = String(screen.here)
  part('gone').textContent = String(screen.left)
  part('enrolled').textContent = String(screen.enrolled)
  const open = openCheck()
  part('check-open').textContent = open ? w.checkOpen(clockAt(open.until)) : w.checkSoon
  redrawRoster(rosterList(lines, lang).text)
  part('vouch-all').innerHTML = late().length > 1 ? html`<button class="button plain" type="button">${w.vouchAll}</button>`.text : ''
}

let drawnRoster = ''
/** Draws the roster anew where it says something else; what was unfolded stays so, and the keyboard stays where it was. */
function redrawRoster(text: string): void {
  const list = part('roster')
  if (text === drawnRoster && list.childElementCount > 0) return
  drawnRoster = text
  const line = (id: string) => list.querySelector(`[data-enrollment="${id}"]`)
  const unfolded = [...list.querySelectorAll<HTMLElement>('li:has(details[open])')].map(({ dataset }) => dataset['enrollment'] ?? '')
  const held = list.contains(document.activeElement) ? (document.activeElement?.closest('li')?.dataset['enrollment'] ?? '') : undefined
  list.innerHTML = text
  for (const id of unfolded) line(id)?.querySelector('details')?.setAttribute('open', '')
  if (held !== undefined) line(held)?.querySelector<HTMLElement>('button')?.focus()
}

function onRoster(event: Event): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button') : null
  const line = lines.find(({ enrollmentId }) => enrollmentId === button?.dataset['line'])
  if (!button || !line) return
  const { does, override = '' } = button.dataset
  if (does === 'vouch') void vouch([line.enrollmentId]).catch(() => refuse())
  if (does === 'correct') ask(line)
  if (does === 'confirm' || does === 'refuse') void decide(line, override, does === 'confirm').catch(() => refuse())
}

async function vouch(enrollmentIds: string[]): Promise<void> {
  const answer = await callAsMe('vouch', { params: of, body: { enrollmentIds } })
  if (!answer.ok) return void refuse(answer.problem)
  await refresh()
}

async function decide(line: AttendanceLine, checkInId: string, confirm: boolean): Promise<void> {
  const body = { enrollmentId: line.enrollmentId, confirm }
  const answer = await attempt(`decide.${checkInId}`, (key) => callAsMe('decideOverride', { params: { ...of, checkInId }, body, key }))
  if (!answer.ok) return void refuse(answer.problem)
  await refresh()
}

let asking: AttendanceLine | undefined
const dialog = part('correct') as HTMLDialogElement
const input = (id: string) => part(id) as HTMLInputElement
function ask(line: AttendanceLine): void {
  if (!screen) return
  asking = line
  part('correct-who').textContent = line.maskedName
  part('correct-said').textContent = ''
  input('from').value = clockAt(screen.meeting.startsAt)
  input('to').value = clockAt(screen.meeting.endsAt)
  input('reason').value = ''
  dialog.showModal()
}
part('correct-no').addEventListener('click', () => dialog.close())
part('correct-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void send().catch(() => (part('correct-said').innerHTML = problemNotice(undefined, lang).text))
})
async function send(): Promise<void> {
  if (!screen || !asking) return
  const date = dateAt(screen.meeting.startsAt)
  const present = input('from').form?.querySelector<HTMLInputElement>('input[name=present]:checked')?.value === 'yes'
  const [from, to] = [instantOf(date, input('from').value), instantOf(date, input('to').value)]
  // A meeting may go on past midnight.
  const times = { from, to: to > from ? to : plusMinutes(to, 24 * 60) }
  const body = { enrollmentId: asking.enrollmentId, present, ...times, reason: input('reason').value }
  const answer = await callAsMe('askOverride', { params: of, body })
  if (!answer.ok) return void (part('correct-said').innerHTML = problemNotice(answer.problem, lang).text)
  dialog.close()
  await refresh()
}

async function open(): Promise<void> {
  const answer = await attempt(`open.${of.meetingId}`, (key) => callAsMe('openAttendance', { params: of, key }))
  if (!answer.ok) return void refuse(answer.problem)
  part('said').textContent = ''
  await load()
}

async function callCheck(): Promise<void> {
  const answer = await callAsMe('openCheck', { params: of })
  if (!answer.ok) return void refuse(answer.problem)
  await refresh()
}

/** Calls for a check when its hidden time has come; one that passed while this screen was closed is left. */
function callDue(): void {
  for (const time of screen?.checkTimes ?? []) {
    const age = now() - Date.parse(time)
    if (age < 0 || age > 120_000 || called.has(time)) continue
    called.add(time)
    if (screen?.opened && !openCheck()) void callCheck().catch(() => undefined)
  }
}

async function refresh(): Promise<void> {
  const answer = await askScreen(of)
  if (!answer.ok) return
  screen = answer.value
  off = Date.parse(screen.now) - Date.now()
  lines = await readLines(of)
  drawCounts()
}

async function load(): Promise<void> {
  const answer = await askScreen(of)
  if (!answer.ok) {
    part('screen').textContent = ''
    return void refuse(answer.problem)
  }
  screen = answer.value
  off = Date.parse(screen.now) - Date.now()
  lines = await readLines(of)
  if (now() > Date.parse(screen.meeting.endsAt) - 15 * 60_000) chosen = 'out'
  draw()
}

function failed(): void {
  part('screen').innerHTML = problemNotice(undefined, lang, html`<button class="button" type="button">${w.again}</button>`).text
  part('screen')
    .querySelector('button')
    ?.addEventListener('click', () => void load().catch(failed))
}

setInterval(() => void refresh().catch(() => undefined), 10_000)
setInterval(callDue, 1_000)
void load().catch(failed)
