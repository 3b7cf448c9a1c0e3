import type { Problem } from '@skills/contract/client.ts'
import { html } from '../html.ts'
import { at, pageLanguage } from '../language.ts'
import { identityText } from './identity.text.ts'
import { readSession, subjectOf } from './session.ts'

/** What the window of a sign-in and the page that waits for it say to each other. `ask` names the question. */
interface Said {
  ask: string
  what: 'signed-in' | 'heard'
  /** When the new session's token ends, by which the waiting page knows it. */
  endsAt?: number
}

const openChannel = () => new BroadcastChannel('skills.sign-in')

let asking: Promise<boolean> | undefined

/**
 * Asks the person to sign in once more, in a window of its own: this page stays as it is, with all that was typed into it, and nothing of that is kept
 * anywhere. In: the refusal that says why. Gives true when the same person signed in again, false when she would rather not. Several who ask at once
 * wait for one answer. Where no window can be opened the page itself goes to the sign-in and back.
 */
export function signInAgain(problem: Problem): Promise<boolean> {
  return (asking ??= ask(problem).finally(() => (asking = undefined)))
}

function ask(problem: Problem): Promise<boolean> {
  const lang = pageLanguage()
  const w = identityText[lang].once
  const name = crypto.randomUUID()
  const who = subjectOf(readSession())
  const dialog = document.createElement('dialog')
  dialog.id = 'sign-in-again'
  dialog.setAttribute('aria-labelledby', 'sign-in-again-title')
  dialog.setAttribute('aria-describedby', 'sign-in-again-text')
  dialog.innerHTML = html`<h2 id="sign-in-again-title">${problem.title}</h2>
    <div id="sign-in-again-text" class="stack-s">
      <p>${problem.detail}</p>
      <p class="soft">${w.stays}</p>
      <p role="status"></p>
    </div>
    <div class="row">
      <button class="button plain" type="button" value="no">${w.notNow}</button>
      <button class="button" type="button" value="yes">${w.go}</button>
    </div>`.text
  const [no, yes] = dialog.querySelectorAll('button') as unknown as [HTMLButtonElement, HTMLButtonElement]
  const waiting = dialog.querySelector('[role=status]') as HTMLElement
  const back = location.pathname + location.search
  const address = (again: string) => `${at(lang, '/sign-in/')}?${new URLSearchParams({ again, back })}`
  const channel = openChannel()
  return new Promise<boolean>((resolve) => {
    let signedIn = false
    let endsAt = Infinity
    // The message may be here before what the other window kept is.
    const look = () => {
      const session = readSession()
      if (!session || session.endsAt < endsAt || subjectOf(session) !== who) return
      signedIn = true
      dialog.close()
    }
    channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
      if (data.ask !== name || data.what !== 'signed-in') return
      channel.postMessage({ ask: name, what: 'heard' } satisfies Said)
      endsAt = data.endsAt ?? 0
      look()
    })
    addEventListener('storage', look)
    // Escape is this dialog's and not also that of what lies below it.
    dialog.addEventListener('keydown', (event) => event.stopPropagation())
    yes.addEventListener('click', () => {
      waiting.textContent = w.waiting
      yes.textContent = w.goOn
      if (!open(address(name), '_blank', 'popup,width=520,height=760')) location.assign(address('yes'))
    })
    no.addEventListener('click', () => dialog.close())
    dialog.addEventListener('close', () => {
      channel.close()
      removeEventListener('storage', look)
      dialog.remove()
      resolve(signedIn)
    })
    document.body.append(dialog)
    dialog.showModal()
    yes.focus()
  })
}

/** In the window of a sign-in: tells the page that asked. Gives whether it heard, which it does at once if it is still there. */
export function tellWhoAsked(name: string): Promise<boolean> {
  const channel = openChannel()
  return new Promise<boolean>((resolve) => {
    const end = (heard: boolean) => {
      channel.close()
      resolve(heard)
    }
    const late = setTimeout(() => end(false), 1_500)
    channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
      if (data.ask !== name || data.what !== 'heard') return
      clearTimeout(late)
      end(true)
    })
    channel.postMessage({ ask: name, what: 'signed-in', endsAt: readSession()?.endsAt ?? 0 } satisfies Said)
  })
}
