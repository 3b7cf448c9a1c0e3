import { longest } from '@skills/contract/messages.ts'
import type { Outcome, Problem } from '@skills/contract/client.ts'
import { html, icon, type Html } from '../html.ts'
import { attempt } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { oneAtATime } from '../page/one-at-a-time.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { messagesText } from './messages.text.ts'

const lang = pageLanguage()
const w = messagesText[lang]

/** A form for words: with a title where it begins a thread. */
export function writeForm(id: string, titled: boolean): Html {
  return html`<form id="${id}" class="card stack" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${titled ? w.ask : w.reply}</h2>
    <p class="hint" id="${id}-hint">${w.askHint}</p>
    ${
      titled
        ? html`<div class="field">
            <label for="${id}-subject">${w.subject}</label><input id="${id}-subject" name="title" required maxlength="${longest.title}" />
          </div>`
        : ''
    }
    <div class="field">
      <label for="${id}-text">${w.text}</label>
      <textarea id="${id}-text" name="text" rows="4" required maxlength="${longest.text}" aria-describedby="${id}-hint"></textarea>
    </div>
    <div id="${id}-said" aria-live="polite"></div>
    <button id="${id}-send" class="button" type="submit">${w.send}</button>
  </form>`
}

/** What was wrong with words: the sentence of each field, or the refusal. */
export function refusedWords(problem: Problem | undefined): Html {
  const errors = problem?.errors ?? []
  return errors.length > 0
    ? html`${errors.map(({ detail }) => html`<p class="field-error">${icon('circle-alert')}<span>${detail}</span></p>`)}`
    : problemNotice(problem, lang)
}

/** Sends the words of a form, once for each press; `sent` gets the answer. What was refused is said in the form, and the words stay. */
export function listenWords<T>(
  id: string,
  call: (body: { title: string; text: string }, key: string) => Promise<Outcome<T>>,
  sent: (value: T) => void,
): void {
  const form = document.getElementById(id) as HTMLFormElement | null
  const said = document.getElementById(`${id}-said`) as HTMLElement
  const yes = document.getElementById(`${id}-send`) as HTMLButtonElement
  // The words are not kept on the device, so the attempt is named by chance; the same words again are the same attempt.
  let last = { words: '', name: '' }
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    if (yes.disabled) return
    const data = new FormData(form)
    const body = { title: String(data.get('title') ?? '').trim(), text: String(data.get('text') ?? '').trim() }
    const words = JSON.stringify(body)
    if (words !== last.words) last = { words, name: crypto.randomUUID() }
    const { name } = last
    void oneAtATime({ yes, said, doing: w.sending, word: () => w.send, lang }, async () => {
      const answer = await attempt(`words.${name}`, (key) => call(body, key))
      if (answer.ok) {
        last = { words: '', name: '' }
        sent(answer.value)
      } else said.innerHTML = refusedWords(answer.problem).text
    })
  })
}
