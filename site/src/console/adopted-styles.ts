/**
 * Stands in for the modules by which Ant Design writes style elements (`@rc-component/util` dynamicCSS, `@ant-design/icons` cssUtils), with the same
 * names. The policy of the house refuses inline styles; sheets that are constructed by a script of ours are not inline, so nothing has to be allowed.
 */
interface Option {
  mark?: string
  prepend?: boolean | 'queue'
  priority?: number
}
interface Sheet {
  mark: string
  key: string | undefined
  css: string
  /** Queued sheets come first, by priority; the others follow in the order they came. */
  queued: boolean
  priority: number
  sheet: CSSStyleSheet
  /** Never put into the page: its callers only hang marks on it. */
  element: HTMLStyleElement
}

let sheets: Sheet[] = []
const others = document.adoptedStyleSheets.slice()
const adopt = () => {
  document.adoptedStyleSheets = [...others, ...sheets.map(({ sheet }) => sheet)]
}

const markOf = ({ mark }: Option) => mark ?? ''
const find = (key: string, option: Option) => sheets.findIndex((one) => one.key === key && one.mark === markOf(option))

function add(css: string, key: string | undefined, option: Option): HTMLStyleElement {
  const { prepend = false, priority = 0 } = option
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  const one: Sheet = {
    mark: markOf(option),
    key,
    css,
    queued: prepend === 'queue',
    priority,
    sheet,
    element: document.createElement('style'),
  }
  const later = one.queued ? sheets.findIndex((other) => !other.queued || other.priority > priority) : prepend ? 0 : sheets.length
  sheets.splice(later < 0 ? sheets.length : later, 0, one)
  adopt()
  return one.element
}

/** Adds a sheet without a key. */
export const injectCSS = (css: string, option: Option = {}): HTMLStyleElement => add(css, undefined, option)

/** Adds the sheet of a key, or gives it another content. */
export function updateCSS(css: string, key: string, option: Option = {}): HTMLStyleElement {
  const known = sheets[find(key, option)]
  if (!known) return add(css, key, option)
  if (known.css !== css) {
    known.css = css
    known.sheet.replaceSync(css)
  }
  return known.element
}

/** Takes the sheet of a key away. */
export function removeCSS(key: string, option: Option = {}): void {
  const at = find(key, option)
  if (at < 0) return
  sheets = sheets.filter((_, place) => place !== at)
  adopt()
}

/** Containers are not told apart here: there is one document. */
export const clearContainerCache = (): void => undefined

/** The console has no shadow roots. */
export const getShadowRoot = (): null => null

/** What the icons would warn of while they are developed. */
export const warningOnce = (): void => undefined
