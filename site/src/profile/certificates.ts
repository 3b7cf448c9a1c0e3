import type { Profile } from '@skills/contract/people.routes.ts'
import { names, word, type Taxonomy } from '../catalog/words.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { profileText } from './profile.text.ts'

type Held = Profile['certificates'][number]

/** One certificate that is held: its trade, its level when it has one, and a way to take it off. `at` counts from 0. */
function certificateRow(held: Held | undefined, at: number, taxonomy: Taxonomy, lang: Language): Html {
  const w = profileText[lang]
  const option = (code: string, text: string, chosen: string | null | undefined) =>
    html`<option value="${code}" ${code === chosen ? 'selected' : ''}>${text}</option>`
  const group = (name: string, list: string, items: boolean) =>
    html`<optgroup label="${name}">
      ${(taxonomy.lists[list]?.terms ?? []).filter((term) => !items || term.parent !== undefined).map((term) => option(term.code, say(term.name, lang), held?.trade))}
    </optgroup>`
  return html`<li class="held">
    <select name="certificateTrade" aria-label="${w.certificateTrade(at + 1)}">
      <option value="">${w.choose}</option>
      ${group(word('family', 'special-operations', lang), 'specialOperations', true)} ${group(w.otherTrades, 'trades', false)}
    </select>
    <select name="certificateLevel" aria-label="${w.certificateLevel(at + 1)}">
      <option value="">${w.noLevel}</option>
      ${Object.keys(names.level).map((code) => option(code, word('level', code, lang), held?.level))}
    </select>
    <button class="button quiet" type="button" data-drop aria-label="${w.certificateOff(at + 1)}">${icon('x')}</button>
  </li>`
}

/** The certificates a person says to hold: some courses ask for one of their trade. */
export const certificateFields = (held: readonly Held[], taxonomy: Taxonomy, lang: Language): Html => {
  const w = profileText[lang]
  return html`<fieldset class="field" name="certificates">
    <legend>${w.certificates}</legend>
    <span class="hint">${w.certificatesHint}</span>
    <ul id="held" class="held-list">
      ${held.map((one, at) => certificateRow(one, at, taxonomy, lang))}
    </ul>
    <p class="field-error" id="certificates-error"></p>
    <div><button id="add-certificate" class="button plain" type="button">${w.certificateAdd}</button></div>
  </fieldset>`
}

/** The certificates of a form; rows without a trade are left out. */
export function readCertificates(data: FormData): Held[] {
  const levels = data.getAll('certificateLevel').map(String)
  return data
    .getAll('certificateTrade')
    .map((trade, at) => ({ trade: String(trade), level: (levels[at] || null) as Held['level'] }))
    .filter(({ trade }) => trade !== '')
}

/** Lets rows be added (twenty at most) and taken off. */
export function listenCertificates(form: HTMLFormElement, taxonomy: Taxonomy, lang: Language, changed: () => void): void {
  const list = form.querySelector('#held') as HTMLElement
  const add = form.querySelector('#add-certificate') as HTMLButtonElement
  add.addEventListener('click', () => {
    if (list.childElementCount >= 20) return
    list.insertAdjacentHTML('beforeend', certificateRow(undefined, list.childElementCount, taxonomy, lang).text)
    list.querySelector<HTMLElement>('li:last-child select')?.focus()
    changed()
  })
  list.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-drop]')?.closest('li') : null
    if (!row) return
    row.remove()
    add.focus()
    changed()
  })
}
