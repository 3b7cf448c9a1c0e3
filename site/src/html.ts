/** Text that is already HTML. Only `html` and `raw` make it; everything else is escaped on its way into a page. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString() {
    return this.text
  }
}

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text made safe for HTML content and quoted attributes. */
const escape = (text: string) => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)

const put = (value: unknown): string =>
  value === null || value === undefined || value === false || value === true
    ? ''
    : value instanceof Html
      ? value.text
      : Array.isArray(value)
        ? value.map(put).join('')
        : escape(String(value))

/** A template whose values are escaped; lists are joined, `false` and nothing leave nothing. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return new Html(parts.map((part, i) => (i === 0 ? part : put(values[i - 1]) + part)).join(''))
}

/** HTML that this repository wrote itself. Never call it with something that was typed or imported. */
export const raw = (text: string) => new Html(text)

/** An icon of the page's sprite, for the eye only. */
export const icon = (name: string) => raw(`<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${name}"/></svg>`)
