import { html, icon, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { catalogText } from './catalog.text.ts'
import { writeWish, type Wish } from './wish.ts'

export const pageSize = 24

/** Links to the pages around the current one; nothing when one page is enough. */
export function pager(wish: Wish, total: number, path: string, lang: Language): Html {
  const w = catalogText[lang]
  const last = Math.ceil(total / pageSize)
  if (last <= 1) return html``
  const to = (page: number) => path + writeWish({ ...wish, page })
  const pages = [...new Set([1, wish.page - 1, wish.page, wish.page + 1, last])]
    .filter((page) => page >= 1 && page <= last)
    .sort((a, b) => a - b)
  return html`<nav class="pager" aria-label="${w.pages}">
    ${wish.page > 1 ? html`<a class="chip" rel="prev" data-page="${wish.page - 1}" href="${to(wish.page - 1)}">${icon('chevron-left')}<span class="unseen">${w.previous}</span></a>` : ''}
    ${pages.map((page, i) => html`${i > 0 && page - pages[i - 1]! > 1 ? html`<span aria-hidden="true">…</span>` : ''}<a class="chip figures" data-page="${page}" href="${to(page)}" aria-label="${w.page(page)}" ${page === wish.page ? 'aria-current=page' : ''}>${page}</a>`)}
    ${wish.page < last ? html`<a class="chip" rel="next" data-page="${wish.page + 1}" href="${to(wish.page + 1)}">${icon('chevron-right')}<span class="unseen">${w.next}</span></a>` : ''}
  </nav>`
}
