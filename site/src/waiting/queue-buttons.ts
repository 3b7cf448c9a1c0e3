import { attempt, callAsMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'
import { problemNotice } from '../page/problem-notice.ts'
import { waitingText } from './waiting.text.ts'

const lang = pageLanguage()
const w = waitingText[lang]

/** Leaves the queue of a run, or declines its offer. Out: whether it is done; a refusal is said in `said`, and then the queue is not as shown. */
export async function leaveQueue(runId: string, button: HTMLButtonElement, said: HTMLElement): Promise<boolean> {
  return press(button, said, w.leaving, async () =>
    attempt(`waiting.leave.${runId}`, (key) => callAsMe('leaveWaitlist', { params: { runId }, key })),
  )
}

/** Joins the queue of a run. */
export async function joinQueue(runId: string, button: HTMLButtonElement, said: HTMLElement): Promise<boolean> {
  return press(button, said, w.joining, async () =>
    attempt(`waiting.join.${runId}`, (key) => callAsMe('joinWaitlist', { params: { runId }, body: {}, key })),
  )
}

async function press(
  button: HTMLButtonElement,
  said: HTMLElement,
  busy: string,
  act: () => ReturnType<typeof callAsMe<'leaveWaitlist' | 'joinWaitlist'>>,
): Promise<boolean> {
  if (button.disabled) return false
  const name = button.textContent
  button.disabled = true
  button.textContent = busy
  said.textContent = ''
  try {
    const answer = await act()
    // What is refused because it is so already is what was wanted.
    if (answer.ok || answer.problem.code === 'already-waiting' || answer.problem.code === 'not-waiting') return true
    // Seats came free meanwhile: the page that is drawn next offers one.
    if (answer.problem.code === 'seats-free') return true
    said.innerHTML = problemNotice(answer.problem, lang).text
    return false
  } catch {
    said.innerHTML = problemNotice(undefined, lang).text
    return false
  } finally {
    button.disabled = false
    button.textContent = name
  }
}
