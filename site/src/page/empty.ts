import { html, raw, type Html } from '../html.ts'

const shelf =
  '<svg viewBox="0 0 176 96" width="176" height="96" aria-hidden="true"><path d="M8 40h160v8H8zM8 84h160v8H8z" fill="var(--shelf)"/><path d="M14 4v90M162 4v90" stroke="var(--line-strong)" stroke-width="4"/><path d="M60 52h22v10l-4 4H60zM104 8h22v10l-4 4h-18z" fill="var(--tag)"/><circle cx="64" cy="57" r="2" fill="var(--on-tag)"/><circle cx="108" cy="13" r="2" fill="var(--on-tag)"/></svg>'

/** An empty shelf with what to do about it; `again` makes a button. */
export const empty = (title: string, hint: string, again = '', more: Html | string = '', level: 1 | 2 = 2): Html =>
  html`<div class="empty">
    ${raw(shelf)}
    <div class="stack-s">
      ${level === 1 ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
      <p class="soft">${hint}</p>
    </div>
    ${again === '' ? '' : html`<button class="button" type="button">${again}</button>`}${more}
  </div>`
