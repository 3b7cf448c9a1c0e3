import { makePass, passSeconds } from '@skills/contract/device-texts.ts'
import { html } from '../html.ts'
import type { Language } from '../language.ts'
import { attendanceText } from './attendance.text.ts'
import { thisDevice } from './device-key.ts'
import { qrOf } from './qr.ts'

/** Shows or hides the pass of this device: a QR that is renewed while it is shown. Works without a network. */
export function showPass(button: HTMLElement, place: HTMLElement, lang: Language, now: () => string): void {
  const w = attendanceText[lang]
  const open = place.hidden
  place.hidden = !open
  button.setAttribute('aria-expanded', String(open))
  button.lastChild?.replaceWith(open ? w.hidePass : w.pass)
  if (!open) return
  const draw = async () => {
    if (place.hidden || !place.isConnected) return clearInterval(timer)
    const { id, secret } = await thisDevice()
    const text = await makePass(secret, id, now())
    place.innerHTML = html`${qrOf(text, w.passLabel)}
      <p class="hint">${w.passHint}</p>`.text
    place.dataset['pass'] = text
  }
  const timer = setInterval(() => void draw(), passSeconds * 1000)
  void draw()
}
