import { readPass } from '@skills/contract/device-texts.ts'
import { refusals, type RefusalCode } from '@skills/contract/refusals.ts'
import { clockAt } from '@skills/contract/time.ts'
import { meetingTime } from '../dates.ts'
import { html, icon } from '../html.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { attendanceText } from './attendance.text.ts'
import { cameraButton } from './camera.ts'
import { askScreen, meetingOfPage, readLines } from './meeting-of-page.ts'
import { changeScans, keepMeeting, keepPage, keptScans, knownMeeting, type KeptScan, type KnownMeeting } from './on-device.ts'

const lang = pageLanguage()
const w = attendanceText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const of = meetingOfPage()
/** How old a pass may be when it is scanned, by two clocks of which each may be five minutes off; the server judges it again. */
const oldestMs = 10 * 60_000 + 30_000
const mostAtOnce = 100
let known: KnownMeeting | undefined
const camera = cameraButton(
  () => ({ button: part('scan'), video: part('video') as HTMLVideoElement }),
  (text) => void add(text),
  () => tell(w.noCamera, 'warn'),
)

function tell(text: string, kind: 'good-news' | 'warn' = 'good-news'): void {
  part('said').innerHTML = html`<p class="notice ${kind}">${icon(kind === 'warn' ? 'info' : 'circle-check')}<span>${text}</span></p>`.text
}
const refuse = (problem?: Parameters<typeof problemNotice>[0]) => (part('said').innerHTML = problemNotice(problem, lang).text)
const kind = () =>
  (document.querySelector<HTMLInputElement>('input[name=kind]:checked')?.value === 'out' ? 'out' : 'in') as KeptScan['kind']

function draw(): void {
  const head = known
    ? html`<h2>${say(known.title, lang)}</h2>
        <p class="soft">
          ${say(known.runName, lang)} · <span class="figures">${meetingTime(known.meeting.startsAt, known.meeting.endsAt, lang)}</span>
        </p>
        <p class="notice good-news">${icon('circle-check')}<span>${w.scannerReady(known.lines.length)}</span></p>`
    : html`<p class="notice warn">${icon('info')}<span>${w.scannerCold}</span></p>`
  part('scanner').innerHTML = html`<section class="card stack">
    ${head}
    <fieldset class="choices">
      <legend>${w.scanKind}</legend>
      <label><input type="radio" name="kind" value="in" checked />${w.scanIn}</label
      ><label><input type="radio" name="kind" value="out" />${w.scanOut}</label>
    </fieldset>
    <button id="scan" class="button big block" type="button">${icon('scan-line')}${w.scan}</button>
    <video id="video" class="camera" playsinline muted hidden aria-label="${w.video}"></video>
    <details>
      <summary>${w.typedPass}</summary>
      <form id="typed" class="row">
        <input id="pass" class="pass-field" aria-label="${w.typedPass}" autocomplete="off" spellcheck="false" required /><button
          class="button plain"
          type="submit"
        >
          ${w.addPass}
        </button>
      </form>
    </details>
    <div class="row">
      <strong id="count"></strong><button id="sync" class="button" type="button">${w.syncScans}</button>
      <a class="button quiet" href="${`${at(lang, '/attendance/screen/')}?${new URLSearchParams({ ...of })}`}">${w.toScreen}</a>
    </div>
    <ul class="roster-list" id="scans"></ul>
  </section>`.text
  part('scan').addEventListener('click', () => void camera.toggle())
  part('sync').addEventListener('click', () => void sync().catch(() => refuse()))
  part('typed').addEventListener('submit', (event) => {
    event.preventDefault()
    const field = part('pass') as HTMLInputElement
    void add(field.value.trim()).then(() => (field.value = ''))
  })
  void drawScans()
}

async function drawScans(): Promise<void> {
  const scans = await keptScans(of.meetingId)
  const waits = scans.filter(({ outcome }) => outcome === 'waits').length
  part('count').textContent = w.scanned(scans.length)
  ;(part('sync') as HTMLButtonElement).disabled = waits === 0
  part('scans').innerHTML = html`${scans.toReversed().map(
    (one) =>
      html`<li class="roster-line" data-outcome="${one.outcome}">
        <div class="row">
          <span class="figures">${clockAt(one.scannedAt)}</span><span>${one.kind === 'in' ? w.scanIn : w.scanOut}</span
          ><strong>${one.maskedName ?? ''}</strong
          ><span class="label ${one.outcome === 'refused' ? 'urgent' : one.outcome === 'waits' ? 'warn' : 'good-news'}"
            >${w.scanStates[one.outcome]}</span
          >
        </div>
        ${one.code === null ? '' : html`<p class="small">${refusals[one.code as RefusalCode]?.detail[lang] ?? one.code}</p>`}
      </li>`,
  )}`.text
}

/** Keeps a pass; the same one, or the same device's for the same coming or leaving within two minutes, once. */
async function add(text: string): Promise<void> {
  const pass = readPass(text)
  if (!pass) return tell(w.notPass, 'warn')
  if (Math.abs(Date.parse(pass.at) - Date.now()) > oldestMs) return tell(w.oldPass, 'warn')
  if (pass.kind !== kind()) return tell(w.otherPass(w.kinds[pass.kind]), 'warn')
  const scan: KeptScan = { pass: text, kind: kind(), scannedAt: new Date().toISOString(), outcome: 'waits', code: null, maskedName: null }
  await changeScans(of.meetingId, (scans) => {
    const again = scans.some(
      (one) =>
        one.kind === scan.kind &&
        (one.pass === text ||
          (readPass(one.pass)?.deviceId === pass.deviceId && Date.parse(scan.scannedAt) - Date.parse(one.scannedAt) < 120_000)),
    )
    return again ? scans : [...scans, scan]
  })
  tell(`${kind() === 'in' ? w.scanIn : w.scanOut} ${clockAt(scan.scannedAt)}`)
  navigator.vibrate?.(80)
  await drawScans()
}

/** Sends what waits; answered line by line, and safe to repeat. */
async function sync(): Promise<void> {
  const waiting = (await keptScans(of.meetingId)).filter(({ outcome }) => outcome === 'waits').slice(0, mostAtOnce)
  if (waiting.length === 0 || !navigator.onLine) return
  tell(w.syncing, 'warn')
  const scans = waiting.map(({ pass, kind: what, scannedAt }) => ({ pass, kind: what, scannedAt }))
  const body = { deviceNow: new Date().toISOString(), scans }
  // The clock that is sent is part of what is asked, so a repetition is a new request; what was taken before is known then.
  const answer = await attempt(`scans.${of.meetingId}.${body.deviceNow}`, (key) => callAsMe('sendScans', { params: of, body, key }))
  if (!answer.ok) return void refuse(answer.problem)
  const { results } = answer.value
  await changeScans(of.meetingId, (all) =>
    all.map((one) => {
      const result = results[waiting.findIndex(({ pass, kind: what }) => pass === one.pass && what === one.kind)]
      return result === undefined || one.outcome !== 'waits' ? one : { ...one, ...result }
    }),
  )
  tell(w.sent)
  await drawScans()
  await sync()
}

async function load(): Promise<void> {
  known = await knownMeeting(of.meetingId)
  if (navigator.onLine) {
    try {
      const answer = await askScreen(of)
      if (answer.ok) {
        const { title, runName, meeting } = answer.value
        const lines = (await readLines(of)).map(({ enrollmentId, maskedName }) => ({ enrollmentId, maskedName }))
        known = { title, runName, meeting, lines }
        await keepMeeting(of.meetingId, known)
      } else if (!known) {
        part('scanner').textContent = ''
        return void refuse(answer.problem)
      }
    } catch {
      // Without an answer it works as it does without a network.
    }
  }
  draw()
}

addEventListener('online', () => void sync().catch(() => undefined))
addEventListener('load', () => setTimeout(() => void keepPage(), 1_500))
void load()
