import { readScreenText, type ScreenCode } from '@skills/contract/attendance-code.ts'
import type { Problem } from '@skills/contract/client.ts'
import { answerText } from '@skills/contract/device-texts.ts'
import { refusals, type RefusalCode } from '@skills/contract/refusals.ts'
import { clockAt } from '@skills/contract/time.ts'
import { html, icon } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { attendanceText } from './attendance.text.ts'
import { cameraButton } from './camera.ts'
import { registerThis, thisDevice } from './device-key.ts'
import { keepLate, sendLate } from './late-codes.ts'
import { changeLateCodes, keepMine, keepPage, knownMine, lateCodes, type KnownMine } from './on-device.ts'
import { choiceOf, placeOf } from './meeting-place.ts'
import { openMeetings, passKind } from './open-meetings.ts'
import { showPass } from './pass.ts'
import { evidenceList, presenceLabels } from './presence-line.ts'

const lang = pageLanguage()
const w = attendanceText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
let known: KnownMine | undefined
const camera = cameraButton(
  () => ({ button: part('scan'), video: part('video') as HTMLVideoElement }),
  (text) => void seen(text),
  () => tell(w.noCamera, 'warn'),
)

/** The meeting she chose where several are open; until she has checked in to it or out of it. */
let chosen: string | undefined
const clockNow = () => new Date(Date.now() + (known?.clockOff ?? 0)).toISOString()

/** The meetings one can check in to now, hers first where she chose; and the next one. */
function meetingsNow(): ReturnType<typeof openMeetings> {
  const { open, next } = openMeetings(known?.items ?? [], clockNow())
  const hers = open.filter(({ meeting }) => meeting.meetingId === chosen)
  return { open: [...hers, ...open.filter((one) => !hers.includes(one))], ...(next && { next }) }
}

function tell(text: string, kind: 'good-news' | 'warn' = 'good-news'): void {
  part('said').innerHTML = html`<p class="notice ${kind}">${icon(kind === 'warn' ? 'info' : 'circle-check')}<span>${text}</span></p>`.text
}
const refuse = (problem: Problem | undefined) => (part('said').innerHTML = problemNotice(problem, lang).text)

async function choose(meetingId: string): Promise<void> {
  if (camera.on()) await camera.toggle()
  chosen = meetingId
  draw()
  document.querySelector<HTMLInputElement>('#which input:checked')?.focus()
}

function draw(): void {
  const { open, next } = meetingsNow()
  const [now] = open
  const device = known?.deviceId ?? null
  if (!now) {
    part('now').innerHTML = html`${empty(
      w.none,
      w.noneHint,
      '',
      html`<a class="button" href="${at(lang, '/learning/')}">${w.learning}</a>`,
    )}${
      next
        ? html`<section class="card stack-s">
            <p class="small soft">${w.next}</p>
            ${placeOf(next, lang)}
          </section>`
        : ''
    }`.text
    void offerPhone(device)
    return
  }
  const { presence } = now.meeting
  const last = presence.evidence.findLast((one) => one.type === 'proof')
  part('now').innerHTML = html`<section class="card stack check-in-card" data-state="${presence.state}">
    ${choiceOf(open, now, lang)} ${placeOf(now, lang)}
    <p class="check-in-state">
      ${icon(presence.state === 'absent' ? 'hourglass' : 'circle-check')}<strong>${w.states[presence.state]}</strong>
      ${last ? html`<span class="soft">${w.since(clockAt(last.at))}</span>` : ''}
    </p>
    <p class="row">${presenceLabels(presence, lang)}</p>
    <div id="phone"></div>
    <div class="stack" id="ways">
      <button id="scan" class="button big block" type="button">${icon('qr-code')}${w.scan}</button>
      <video id="video" class="camera" playsinline muted hidden aria-label="${w.video}"></video>
      <form id="typed" class="field">
        <label for="code">${w.typed}</label><span class="hint" id="code-hint">${w.typedHint}</span>
        <div class="row">
          <input
            id="code"
            name="code"
            class="code-field"
            inputmode="text"
            autocapitalize="characters"
            autocomplete="off"
            spellcheck="false"
            maxlength="9"
            aria-describedby="code-hint"
            required
          />
          <button class="button plain" type="submit">${w.send}</button>
        </div>
      </form>
      <button id="show-pass" class="button quiet" type="button" aria-expanded="false" aria-controls="pass">
        ${icon('id-card')}${w.pass}
      </button>
      <div id="pass" hidden></div>
    </div>
    <details>
      <summary>${w.evidence}</summary>
      ${evidenceList(presence, lang)}
    </details>
  </section>`.text
  part('scan').addEventListener('click', () => void camera.toggle())
  part('typed').addEventListener('submit', (event) => {
    event.preventDefault()
    void typed((part('code') as HTMLInputElement).value).catch(() => refuse(undefined))
  })
  document.getElementById('which')?.addEventListener('change', (event) => void choose((event.target as HTMLInputElement).value))
  part('show-pass').addEventListener('click', () => showPass(part('show-pass'), part('pass'), lang, clockNow, passKind(now, clockNow())))
  void offerPhone(device)
}

/** Offers to register this phone where it is not the one. */
async function offerPhone(registered: string | null): Promise<void> {
  const { id } = await thisDevice()
  const place = document.getElementById('phone')
  if (!place || registered === id || !navigator.onLine || !known) return
  part('ways').hidden = true
  place.innerHTML = html`<div class="notice warn">
    ${icon('smartphone')}
    <div>
      <strong>${registered === null ? w.phone : w.phoneOther}</strong>${w.phoneWhy}
      <p class="row"><button id="register" class="button" type="button">${registered === null ? w.phone : w.phoneYes}</button></p>
    </div>
  </div>`.text
  part('register').addEventListener('click', () => void registerNow().catch(() => refuse(undefined)))
}

async function registerNow(): Promise<void> {
  if (!known) return
  const answer = await registerThis(known.personId)
  if (!answer.ok) return void refuse(answer.problem)
  tell(w.phoneDone)
  await load()
}

async function seen(text: string): Promise<void> {
  const code = readScreenText(text)
  if (!code) return tell(w.notCode, 'warn')
  if (camera.on()) await camera.toggle()
  await come(code)
}

/** A typed code does not say its meeting: it is asked of hers, then of the others that are open. */
async function typed(code: string): Promise<void> {
  if (!navigator.onLine) return tell(w.needsQr, 'warn')
  tell(w.sending, 'warn')
  let problem: Problem | undefined
  for (const { run, meeting } of meetingsNow().open) {
    const refused = await checkIn({ runId: run.runId, meetingId: meeting.meetingId, code })
    if (refused === undefined) return
    // Why hers was refused is what she hears, unless another one knows the code.
    if (problem === undefined || refused.code !== 'code-wrong') problem = refused
    if (refused.code !== 'code-wrong') break
  }
  refuse(problem)
}

/** Answers a code: at once where there is a network, otherwise kept and sent later. */
async function come(code: Pick<ScreenCode, 'runId' | 'meetingId' | 'code'> & Partial<ScreenCode>): Promise<void> {
  const scannedAt = clockNow()
  tell(w.sending, 'warn')
  if (navigator.onLine)
    try {
      const problem = await checkIn(code)
      if (problem !== undefined) refuse(problem)
      return
    } catch {
      // Nothing answered: it is kept, if it can be.
    }
  const { kind, window } = code
  if (!known || kind === undefined || window === undefined) return void refuse(undefined)
  await keepLate(known.personId, { ...code, kind, window }, scannedAt)
  tell(`${w.offline}: ${w.keptLate}`, 'warn')
  await drawLate()
}

/** Shows that she is there. Out: why it was refused, or undefined. */
async function checkIn({ runId, meetingId, code }: Pick<ScreenCode, 'runId' | 'meetingId' | 'code'>): Promise<Problem | undefined> {
  const { id, sign } = await thisDevice()
  const params = { runId, meetingId }
  const asked = await callAsMe('askCheckIn', { params, query: { code: code.trim(), device: id } })
  if (!asked.ok) return asked.problem
  const { challenge } = asked.value
  const answer = await callAsMe('checkIn', { params, body: { challenge, signature: await sign(answerText(challenge)) } })
  if (!answer.ok) return answer.problem
  chosen = undefined
  await load()
  tell(w.done[answer.value.kind](clockAt(answer.value.at)))
  return undefined
}

async function drawLate(): Promise<void> {
  const codes = (await lateCodes()).filter(({ personId }) => personId === known?.personId)
  const waits = codes.filter(({ refused }) => refused === null).length
  const refused = codes.flatMap((one) => (one.refused === null ? [] : [one.refused]))
  part('late').innerHTML = html`${
    waits === 0
      ? ''
      : html`<div class="notice warn" data-waits="${waits}">
          ${icon('wifi-off')}
          <div>
            ${w.waits(waits)}
            <p class="row"><button id="send-late" class="button plain" type="button">${w.sendNow}</button></p>
          </div>
        </div>`
  }${refused.map(
    (code) =>
      html`<p class="notice urgent">
        ${icon('circle-alert')}<span><strong>${w.refusedLate}</strong>${refusals[code as RefusalCode]?.detail[lang] ?? code}</span>
      </p>`,
  )}`.text
  document.getElementById('send-late')?.addEventListener('click', () => void bring())
  // What was refused is said once.
  if (refused.length > 0) await changeLateCodes((all) => all.filter((one) => one.refused === null))
}

/** Sends what waits; silent where there is nothing. */
async function bring(): Promise<void> {
  if (!known || !navigator.onLine) return
  try {
    const { taken, refused } = await sendLate(known.personId)
    if (taken > 0) {
      await load(false)
      tell(w.sent)
    }
    if (taken > 0 || refused.length > 0) await drawLate()
  } catch {
    refuse(undefined)
  }
}

/** Asks what is known of me, or takes what this device kept. */
async function load(andBring = true): Promise<void> {
  known = await knownMine()
  if (navigator.onLine) {
    try {
      const answer = await callAsMe('listMyAttendance', { query: { limit: '50' } })
      if (!answer.ok) {
        refuse(answer.problem)
      } else {
        const { personId, device, now, items } = answer.value
        known = { personId, deviceId: device?.id ?? null, clockOff: Date.parse(now) - Date.now(), items }
        await keepMine(known)
      }
    } catch {
      if (!known) return failed()
    }
  }
  draw()
  await drawLate()
  if (andBring) await bring()
}

function failed(): void {
  part('now').innerHTML = problemNotice(undefined, lang, html`<button class="button" type="button">${w.again}</button>`).text
  part('now')
    .querySelector('button')
    ?.addEventListener('click', () => void start())
}

async function start(): Promise<void> {
  await load().catch(failed)
  const code = readScreenText(location.hash)
  if (!code || !known) return
  history.replaceState(null, '', location.pathname + location.search)
  if (known.deviceId === (await thisDevice()).id) await come(code).catch(() => refuse(undefined))
}

addEventListener('online', () => void load().catch(failed))
addEventListener('load', () => setTimeout(() => void keepPage(), 1_500))
void start()
