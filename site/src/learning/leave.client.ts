import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { moment } from '../dates.ts'
import { html } from '../html.ts'
import { attempt, callAsMe, forgetAttempts } from '../identity/my-api.ts'
import { pageLanguage, say } from '../language.ts'
import { oneAtATime } from '../page/one-at-a-time.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { learningText } from './learning.text.ts'
import { refundSlip } from './refund-slip.ts'

const lang = pageLanguage()
const w = learningText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const dialog = part('leave') as HTMLDialogElement
const yes = part('leave-yes') as HTMLButtonElement
let leaving: LearningItem | undefined
/** What she was shown that comes back to her, in fen. */
let shown: { learnerFen?: number } = {}
let left: (item: LearningItem) => Promise<void> = async () => undefined

const confirmWord = (item: LearningItem | undefined) => (item?.enrollment.state === 'held' ? w.letGoYes : w.confirm)

/** Asks before a seat is given away: by which rule that is possible, and what comes back to whom. `done` is called when it is gone. */
export async function askToLeave(item: LearningItem, done: (item: LearningItem) => Promise<void>): Promise<void> {
  leaving = item
  shown = {}
  left = done
  const { enrollment } = item
  const held = enrollment.state === 'held'
  const paid = !held && enrollment.orderId !== null
  part('leave-title').textContent = held ? w.letGoTitle : w.cancelTitle
  part('leave-text').innerHTML = held
    ? html`<p>${w.letGoText(say(item.title, lang))}</p>`.text
    : html`<p>${w.cancelText(say(item.title, lang))}</p>
        ${paid ? html`<div id="refund" aria-live="polite"><p class="soft">${w.reckoning}</p></div>` : ''}
        <p class="soft">
          ${item.cancelUntil ? (paid ? w.until(moment(item.cancelUntil, lang)) : w.cancelPolicy(moment(item.cancelUntil, lang))) : w.tooLate}
        </p>`.text
  part('leave-said').textContent = ''
  yes.textContent = confirmWord(item)
  // Nobody gives a paid seat back before seeing what that returns.
  yes.disabled = paid
  dialog.showModal()
  if (paid) await preview(item)
}

async function preview(item: LearningItem): Promise<void> {
  const answer = await callAsMe('previewRefund', { params: { enrollmentId: item.enrollment.id } }).catch(() => undefined)
  const place = document.getElementById('refund')
  if (leaving !== item || !place) return
  if (!answer?.ok) {
    place.innerHTML = problemNotice(answer?.problem, lang, html`<button class="button plain" type="button">${w.again}</button>`).text
    place.querySelector('button')?.addEventListener('click', () => void preview(item))
    return
  }
  place.innerHTML = refundSlip(answer.value, item.run.state === 'cancelled', lang).text
  shown = { learnerFen: answer.value.learnerFen }
  yes.disabled = false
}

async function leave(): Promise<void> {
  const item = leaving
  if (!item || yes.disabled) return
  await oneAtATime({ yes, said: part('leave-said'), doing: w.cancelling, word: () => confirmWord(item), lang }, async () => {
    const body = shown
    const answer = await attempt(`cancel.${item.enrollment.id}.${body.learnerFen ?? ''}`, (key) =>
      callAsMe('cancelEnrollment', { params: { enrollmentId: item.enrollment.id }, body, key }),
    )
    if (!answer.ok) {
      part('leave-said').innerHTML = problemNotice(answer.problem, lang).text
      // Less comes back than she was shown: she sees what it is now before she can say yes again.
      if (answer.problem.code === 'refund-changed') await preview(item)
      return
    }
    forgetAttempts(`claim.${item.run.id}.`)
    dialog.close()
    await left(item)
  })
}

part('leave-no').addEventListener('click', () => dialog.close())
yes.addEventListener('click', () => void leave())
