import type { MyAttendance } from '@skills/contract/attendance.ts'
import { meetingTime } from '../dates.ts'
import { html, icon } from '../html.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage, say } from '../language.ts'
import { empty } from '../page/empty.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { attendanceText } from './attendance.text.ts'
import { evidenceList, presenceLabels } from './presence-line.ts'

const lang = pageLanguage()
const w = attendanceText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const items: MyAttendance[] = []

const runCard = (run: MyAttendance) => {
  const { credit } = run
  const begun = run.meetings.filter(({ startsAt, presence }) => presence.evidence.length > 0 || Date.parse(startsAt) < Date.now())
  return html`<section class="card stack-s" data-run="${run.runId}">
    <h2>${say(run.title, lang)}</h2>
    <p class="soft">${say(run.runName, lang)} · ${say(run.providerName, lang)}</p>
    ${
      credit
        ? html`<p class="row" data-credit="${credit.outcome}">
            <span class="label ${credit.outcome === 'completed' ? 'good-news' : 'warn'}">${w.credit[credit.outcome]}</span>
            <strong class="figures">${w.hours(credit.hours, credit.minutes, credit.outOfMinutes)}</strong>
          </p>`
        : html`<p class="hint">${w.creditWaits(run.completePercent)}</p>`
    }
    <ul class="attended">
      ${(begun.length > 0 ? begun : run.meetings.slice(0, 1)).map(
        ({ startsAt, endsAt, presence }) =>
          html`<li>
            <div class="row">
              <strong class="figures">${meetingTime(startsAt, endsAt, lang)}</strong>
              <span class="label ${presence.state === 'absent' ? '' : 'good-news'}"
                >${presence.state === 'absent' && Date.parse(endsAt) < Date.now() ? w.missing.arrival : w.states[presence.state]}</span
              >${Date.parse(startsAt) < Date.now() ? presenceLabels(presence, lang) : ''}
            </div>
            ${
              presence.evidence.length === 0
                ? ''
                : html`<details>
                    <summary>${w.evidence}</summary>
                    ${evidenceList(presence, lang)}
                  </details>`
            }
          </li>`,
      )}
    </ul>
  </section>`
}

async function load(cursor: string | null): Promise<void> {
  const answer = await callAsMe('listMyAttendance', { query: { limit: '20', ...(cursor === null ? {} : { cursor }) } })
  if (!answer.ok) return failed(answer.problem)
  items.push(...answer.value.items)
  const { next } = answer.value
  part('mine').innerHTML = html`${items.length === 0 && next === null ? empty(w.mineEmpty, w.mineEmptyHint) : items.map(runCard)}
  ${next === null ? '' : html`<button id="more" class="button plain block" type="button">${w.more}</button>`}`.text
  document.getElementById('more')?.addEventListener('click', () => void load(next).catch(() => failed()))
}

/** What the signed-in person teaches today and tomorrow, with the ways to take its attendance; nothing for who teaches nothing. */
async function loadTeaching(): Promise<void> {
  const from = new Date(Date.now() - 24 * 3_600_000).toISOString()
  const answer = await callAsMe('listMyAssignments', { query: { startsAt: from } })
  if (!answer.ok) return
  const soon = new Date(Date.now() + 36 * 3_600_000).toISOString()
  const meetings = answer.value.teaching
    .filter(({ cancelled }) => !cancelled)
    .flatMap((run) =>
      run.meetings
        .filter(({ state, startsAt, endsAt }) => state === 'accepted' && startsAt < soon && endsAt > from)
        .map((meeting) => ({ run, meeting })),
    )
    .sort((a, b) => (a.meeting.startsAt < b.meeting.startsAt ? -1 : 1))
  if (meetings.length === 0) return
  part('take').innerHTML = html`<section class="card stack-s" aria-labelledby="take-title">
    <h2 id="take-title">${w.take}</h2>
    <ul class="attended">
      ${meetings.map(({ run, meeting }) => {
        const query = new URLSearchParams({ runId: run.runId, meetingId: meeting.meetingId })
        return html`<li>
          <strong>${say(run.title, lang)}</strong><span class="figures">${meetingTime(meeting.startsAt, meeting.endsAt, lang)}</span>
          <div class="row">
            <a class="button" href="${`${at(lang, '/attendance/screen/')}?${query}`}">${icon('qr-code')}${w.toScreen}</a
            ><a class="button plain" href="${`${at(lang, '/attendance/scan/')}?${query}`}">${icon('scan-line')}${w.toScanner}</a>
          </div>
        </li>`
      })}
    </ul>
  </section>`.text
}

function failed(problem?: Parameters<typeof problemNotice>[0]): void {
  part('mine').innerHTML = problemNotice(problem, lang, html`<button class="button" type="button">${w.again}</button>`).text
  part('mine')
    .querySelector('button')
    ?.addEventListener('click', () => void load(null).catch(() => failed()))
}

void load(null).catch(() => failed())
void loadTeaching().catch(() => undefined)
