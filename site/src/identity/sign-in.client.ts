import { html, icon } from '../html.ts'
import { at, pageLanguage } from '../language.ts'
import { identityText } from './identity.text.ts'
import { finishSignIn, safeBack, signIn, signOut } from './sign-in.ts'

const lang = pageLanguage()
const w = identityText[lang]
const place = document.getElementById('sign-in') as HTMLElement
const step = place.dataset['step']
const back = safeBack(new URLSearchParams(location.search).get('back'))

function say(title: string, text: string): void {
  const action =
    step === 'leave'
      ? html`<a class="button" href="${at(lang, '/')}">${w.home}</a>`
      : html`<button class="button" type="button">${w.again}</button>`
  place.innerHTML = html`<div class="notice warn" role="alert">
    ${icon('triangle-alert')}
    <div>
      <strong>${title}</strong>${text}
      <p class="row">${action}</p>
    </div>
  </div>`.text
  place.querySelector('button')?.addEventListener('click', () => void go())
}

async function go(): Promise<void> {
  try {
    await signIn(back)
  } catch {
    say(w.failedTitle, w.failed)
  }
}

async function comeBack(): Promise<void> {
  try {
    location.replace(safeBack(await finishSignIn()))
  } catch (error) {
    if (error instanceof TypeError && error.message.includes('fetch')) say(w.failedTitle, w.failed)
    else say(w.refusedTitle, w.refused)
  }
}

if (step === 'go') void go()
else if (step === 'return') void comeBack()
else void signOut().catch(() => say(w.left, w.failed))
