import { attempt, callAsMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { oneAtATime } from '../page/one-at-a-time.ts'
import { messagesText } from './messages.text.ts'
import { refusedWords } from './write-form.ts'

const lang = pageLanguage()
const w = messagesText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const dialog = part('report') as HTMLDialogElement
const yes = part('report-yes') as HTMLButtonElement
let reporting: { threadId: string; number: string } | undefined
let reported: () => void = () => undefined

/** Asks why a message is reported, and reports it; `done` is called then. */
export function askToReport(threadId: string, number: string, done: () => void): void {
  reporting = { threadId, number }
  reported = done
  part('report-said').textContent = ''
  ;(part('report-reason') as HTMLTextAreaElement).value = ''
  dialog.showModal()
}

part('report-no').addEventListener('click', () => dialog.close())
part('report-form').addEventListener('submit', (event) => {
  event.preventDefault()
  const params = reporting
  if (!params || yes.disabled) return
  void oneAtATime({ yes, said: part('report-said'), doing: w.sending, word: () => w.reportDo, lang }, async () => {
    const body = { reason: (part('report-reason') as HTMLTextAreaElement).value.trim() }
    const answer = await attempt(`report.${params.threadId}.${params.number}`, (key) => callAsMe('reportMessage', { params, body, key }))
    if (!answer.ok) {
      part('report-said').innerHTML = refusedWords(answer.problem).text
      return
    }
    dialog.close()
    reported()
  })
})
