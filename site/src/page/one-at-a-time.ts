import type { Language } from '../language.ts'
import { problemNotice } from './problem-notice.ts'

interface Parts {
  /** The button of the dialog that does it; off while it is done, and then with its word again. */
  yes: HTMLButtonElement
  /** Where it is said that nothing came of it. */
  said: HTMLElement
  doing: string
  word: () => string
  lang: Language
}

/** Does what a dialog's button is for, once at a time. What is thrown (no network) is said in the dialog. */
export async function oneAtATime({ yes, said, doing, word, lang }: Parts, work: () => Promise<void>): Promise<void> {
  yes.disabled = true
  yes.textContent = doing
  try {
    await work()
  } catch {
    said.innerHTML = problemNotice(undefined, lang).text
  } finally {
    yes.disabled = false
    yes.textContent = word()
  }
}
