import { makePass, passSeconds } from '@skills/contract/device-texts.ts'
import { html } from '../html.ts'
import type { Language } from '../language.ts'
import { attendanceText } from './attendance.text.ts'
import { thisDevice } from './device-key.ts'
import { qrOf } from './qr.ts'

/** Shows or hides the pass of this device, for coming or for leaving: a QR that is renewed while it is shown. `first` is what it is for unless its owner says otherwise. Works without a network. */
export function showPass(button: HTMLElement, place: HTMLElement, lang: Language, now: () => string, first: 'in' | 'out'): void {
  const w = attendanceText[lang]
  const open = place.hidden
  place.hidden = !open
  button.setAttribute('aria-expanded', String(open))
  button.lastChild?.replaceWith(open ? w.hidePass : w.pass)
  if (!open) return
  let kind = first
  place.innerHTML = html`<fieldset class="choices">
      <legend>${w.passFor}</legend>
      ${(['in', 'out'] as const).map((one) => html`<label><input type="radio" name="pass-for" value="${one}" ${one === kind ? html`checked` : ''} /> ${w.kinds[one]}</label>`)}
    </fieldset>
    <div data-pass-code></div>
    <p class="hint">${w.passHint}</p>`.text
  place.querySelector('fieldset')?.addEventListener('change', (event) => {
    kind = (event.target as HTMLInputElement).value as typeof kind
    void draw()
  })
  const draw = async () => {
    if (place.hidden || !place.isConnected) return clearInterval(timer)
    const { id, secret } = await thisDevice()
    const text = await makePass(secret, { deviceId: id, at: now(), kind })
    const code = place.querySelector<HTMLElement>('[data-pass-code]')
    if (code) code.innerHTML = qrOf(text, w.passLabel(w.kinds[kind])).text
    place.dataset['pass'] = text
  }
  const timer = setInterval(() => void draw(), passSeconds * 1000)
  void draw()
}
