import { html, icon, type Html } from '../html.ts'
import { at, pageLanguage } from '../language.ts'
import { identityText } from './identity.text.ts'
import { finishSignIn, OtherAccount, safeBack, signIn, signOut } from './sign-in.ts'
import { tellWhoAsked } from './sign-in-again.ts'

const lang = pageLanguage()
const w = identityText[lang]
const place = document.getElementById('sign-in') as HTMLElement
const step = place.dataset['step']
const asked = new URLSearchParams(location.search)
let back = safeBack(asked.get('back'))
/** Who is signed in does it once more; names the page that waits for it. */
let again = asked.get('again') ?? undefined

/** Says what happened; the ways on are to sign in again, or whatever is given. */
function say(title: string, text: string, more: Html | string = ''): void {
  const action =
    step === 'leave'
      ? html`<a class="button" href="${at(lang, '/')}">${w.home}</a>`
      : html`${more}<button class="button" type="button">${w.again}</button>`
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
    await signIn(back, again)
  } catch {
    say(w.failedTitle, w.failed)
  }
}

async function comeBack(): Promise<void> {
  try {
    const { back: to, ask } = await finishSignIn()
    if (ask !== undefined && ask !== 'yes' && (await tellWhoAsked(ask))) leaveWindow(safeBack(to))
    else location.replace(safeBack(to))
  } catch (error) {
    if (error instanceof OtherAccount) {
      back = safeBack(error.again.back)
      again = error.again.ask
      say(w.otherTitle, w.other, html`<a class="button plain" href="${back}">${w.goBack}</a>`)
      place.querySelector('a')?.addEventListener('click', () => close())
    } else if (error instanceof TypeError && error.message.includes('fetch')) say(w.failedTitle, w.failed)
    else say(w.refusedTitle, w.refused)
  }
}

/** The page that asked goes on; this window has done its work. Browsers that do not close it show a way on. */
function leaveWindow(to: string): void {
  place.innerHTML = html`<div class="notice" role="status">
    ${icon('check')}
    <div>
      <strong>${w.done}</strong>${w.doneText}
      <p class="row"><a class="button plain" href="${to}">${w.goBackThere}</a></p>
    </div>
  </div>`.text
  close()
}

if (step === 'go') void go()
else if (step === 'return') void comeBack()
else void signOut().catch(() => say(w.left, w.failed))
