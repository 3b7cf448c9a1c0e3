import type { NoticeLine } from '@skills/contract/notices.ts'
import { moment } from '../dates.ts'
import { html, type Html } from '../html.ts'
import { at, say, type Language } from '../language.ts'
import { noticesText } from './notices.text.ts'

/** A notice in the list: what it says, when, whether it is new, and where to read on. */
export function noticeLine({ id, at: when, title, body, href, read }: NoticeLine, lang: Language): Html {
  const w = noticesText[lang]
  const name = say(title, lang)
  return html`<li class="card notice-line" data-notice="${id}" data-read="${read ? 'yes' : 'no'}">
    <h2>${read ? '' : html`<span class="label warn">${w.unread}</span> `}${name}</h2>
    <p class="soft small">${moment(when, lang)}</p>
    <p>${say(body, lang)}</p>
    ${href === null ? '' : html`<p><a class="button plain" href="${at(lang, href)}" data-follow="${id}" aria-label="${`${w.open}：${name}`}">${w.open}</a></p>`}
  </li>`
}
