import type { PublicSanction } from '@skills/contract/quality.ts'
import { dateAt } from '@skills/contract/time.ts'
import { api } from '../api.ts'
import { html, type Html } from '../html.ts'
import { pageLanguage, say } from '../language.ts'
import { qualityText } from './quality.text.ts'

const lang = pageLanguage()
const w = qualityText[lang]
const place = document.getElementById('sanctions') as HTMLElement

const row = ({ providerName, grade, clause, from, endsAt, appealed }: PublicSanction): Html =>
  html`<tr>
    <th scope="row">${say(providerName, lang)}</th>
    <td>${w.grades[grade][0]}${appealed ? html` <span class="label">${w.appealed}</span>` : ''}</td>
    <td>${clause}</td>
    <td class="figures">${dateAt(from)}</td>
    <td class="figures">${endsAt === null ? w.noEnd : dateAt(endsAt)}</td>
  </tr>`

/** Shows who is under a sanction now. */
async function load(): Promise<void> {
  const answer = await api.call('listSanctions', {})
  if (!answer.ok) return failed()
  const { sanctions } = answer.value
  place.innerHTML =
    sanctions.length === 0
      ? html`<p>${w.none}</p>`.text
      : html`<div class="formula-scroll" role="region" tabindex="0" aria-label="${w.inForce}">
          <table class="formula">
            <thead>
              <tr>
                ${w.columns.map((column) => html`<th scope="col">${column}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${sanctions.map(row)}
            </tbody>
          </table>
        </div>`.text
}

function failed(): void {
  place.innerHTML = html`<p class="notice" role="alert">${w.failed} <button class="button quiet" type="button">${w.again}</button></p>`.text
  place.querySelector('button')?.addEventListener('click', () => void load().catch(failed))
}

void load().catch(failed)
