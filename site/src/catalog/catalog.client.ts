import { rank, recordsIn } from '@skills/contract/ranking.ts'
import type { CatalogIndex, CourseRow } from '@skills/contract/snapshot.ts'
import { dateAt } from '@skills/contract/time.ts'
import { empty } from '../page/empty.ts'
import { pageLanguage } from '../language.ts'
import { browse } from './browse.ts'
import { card, shownRun } from './card.ts'
import { catalogText } from './catalog.text.ts'
import { chosen, filterPanel } from './filter-panel.ts'
import { showLiveSeats } from './live-seats.ts'
import { loadIndex, loadRows, loadTaxonomy } from './load.ts'
import { pager, pageSize } from './pager.ts'
import { entryOf, type Entry } from './search.ts'
import { filtersSet, lists, readWish, writeWish, type Wish } from './wish.ts'
import { names, noTaxonomy, termName, tradeName, type Taxonomy } from './words.ts'

const lang = pageLanguage()
const w = catalogText[lang]
const part = (id: string) => document.getElementById(id) as HTMLElement
const input = part('q') as HTMLInputElement
const sort = part('sort') as HTMLSelectElement
const dialog = part('filters') as HTMLDialogElement
const form = part('filter-form') as HTMLFormElement
const entries: Entry[] = []
let wish = readWish(new URLSearchParams(location.search))
let taxonomy: Taxonomy = noTaxonomy
let index: CatalogIndex | undefined
let complete = false
let asked = 0

/** The words a course is also found by. */
function around(row: CourseRow, provider: { zh: string; en: string } | undefined): string[] {
  const both = (of: (lang: 'zh' | 'en') => string) => [of('zh'), of('en')]
  const regions = [...new Set(row.r.map((run) => run[8]))]
  return [
    ...(provider ? [provider.zh, provider.en] : []),
    ...both((l) => termName(taxonomy, 'industries', row.n, l)),
    ...(row.d === null ? [] : both((l) => tradeName(taxonomy, row.d ?? '', l))),
    ...both((l) => names.delivery[row.v][l]),
    ...regions.flatMap((region) => both((l) => termName(taxonomy, 'regions', region, l))),
  ]
}

function draw(focusResults = false): void {
  const now = Date.now()
  const { hits, counts } = browse(entries, wish, new Date(now).toISOString())
  const last = Math.max(1, Math.ceil(hits.length / pageSize))
  if (complete && wish.page > last) wish = { ...wish, page: last }
  const shown = hits.slice((wish.page - 1) * pageSize, wish.page * pageSize)
  const list = part('results')
  list.innerHTML = shown
    .map(({ entry, runs }, i) => card(entry.row, lang, now, entry.provider, shownRun({ ...entry.row, r: [...runs] }, now), i < 4).text)
    .join('')
  const nothing = complete && hits.length === 0
  part('nothing').innerHTML = nothing
    ? empty(entries.length === 0 ? w.empty : w.none, entries.length === 0 ? w.emptyHint : w.noneHint).text
    : ''
  part('found').textContent = complete || hits.length > 0 ? w.found(hits.length) : w.loading
  part('more').hidden = complete
  part('pager').innerHTML = pager(wish, hits.length, location.pathname, lang).text
  part('chosen').innerHTML = chosen(wish, taxonomy, lang).text
  part('filter-count').textContent = filtersSet(wish) > 0 ? String(filtersSet(wish)) : ''
  drawPanel(counts)
  if (focusResults) part('found').focus()
  const mine = ++asked
  setTimeout(() => mine === asked && void showLiveSeats(list), 150)
}

/** Redraws the filters without closing what the reader opened or losing where the focus was. */
function drawPanel(counts: Parameters<typeof filterPanel>[1]): void {
  const panel = part('panel')
  const opened = new Map([...panel.querySelectorAll<HTMLDetailsElement>('details')].map((one) => [one.dataset['facet'], one.open]))
  const focused =
    document.activeElement instanceof HTMLInputElement && panel.contains(document.activeElement) ? document.activeElement : undefined
  const scrolls = new Map(
    [...panel.querySelectorAll<HTMLElement>('details')].map((one) => [one.dataset['facet'], one.querySelector('fieldset')?.scrollTop ?? 0]),
  )
  panel.innerHTML = filterPanel(wish, counts, taxonomy, lang).text
  if (panel.dataset['drawn'])
    for (const one of panel.querySelectorAll<HTMLDetailsElement>('details')) {
      one.open = opened.get(one.dataset['facet']) ?? one.open
      one.querySelector('fieldset')?.scrollTo({ top: scrolls.get(one.dataset['facet']) ?? 0 })
    }
  panel.dataset['drawn'] = 'yes'
  if (focused)
    panel
      .querySelector<HTMLInputElement>(
        `input[name="${focused.name}"]${focused.type === 'checkbox' ? `[value="${CSS.escape(focused.value)}"]` : ''}`,
      )
      ?.focus()
}

function change(next: Partial<Wish>, how: 'push' | 'replace' = 'replace'): void {
  wish = { ...wish, page: 1, ...next }
  history[`${how}State`](null, '', location.pathname + writeWish(wish))
  draw(how === 'push')
}

function readForm(): Partial<Wish> {
  const data = new FormData(form)
  const next: Partial<Wish> = { seats: data.get('seats') === 'yes', from: String(data.get('from') ?? ''), to: String(data.get('to') ?? '') }
  for (const name of lists) next[name] = data.getAll(name).map(String)
  return next
}

function listen(): void {
  input.value = wish.q
  sort.value = wish.sort
  input.addEventListener('input', (event) => {
    if (!(event as InputEvent).isComposing) change({ q: input.value })
  })
  input.addEventListener('compositionend', () => change({ q: input.value }))
  input.form?.addEventListener('submit', (event) => {
    event.preventDefault()
    change({ q: input.value }, 'push')
  })
  sort.addEventListener('change', () => change({ sort: sort.value as Wish['sort'] }))
  form.addEventListener('change', () => change(readForm()))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    dialog.close()
  })
  part('open-filters').addEventListener('click', () => dialog.showModal())
  dialog.addEventListener('close', () => part('open-filters').focus())
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-off],[data-page],[data-close]') : null
    if (!target) return
    if (target.dataset['close'] !== undefined) dialog.close()
    if (target.dataset['page']) {
      event.preventDefault()
      change({ page: Number(target.dataset['page']) }, 'push')
      part('found').scrollIntoView({ block: 'start' })
    }
    if (target.dataset['off']) takeOff(target.dataset['off'], target.dataset['value'] ?? '')
  })
  addEventListener('popstate', () => {
    wish = readWish(new URLSearchParams(location.search))
    input.value = wish.q
    sort.value = wish.sort
    draw()
  })
}

function takeOff(facet: string, value: string): void {
  const list = lists.find((name) => name === facet)
  if (list) change({ [list]: wish[list].filter((one) => one !== value) })
  else if (facet === 'seats') change({ seats: false })
  else if (facet === 'dates') change({ from: '', to: '' })
  else change({ ...readWish(new URLSearchParams()), q: wish.q, sort: wish.sort })
  part('found').focus()
}

async function add(file: string): Promise<void> {
  const rows = await loadRows(file)
  const providers = new Map(index?.providers.map((provider) => [provider.id, provider.name]))
  for (const row of rows) entries.push(entryOf(row, providers.get(row.p)?.[lang] ?? '', around(row, providers.get(row.p))))
  // The first file comes in its order; the whole is put in order once it is there.
  if (complete) recommend()
}

/** Puts all courses in the recommended order of today. */
function recommend(): void {
  const ranked = rank(entries, recordsIn(index?.providers ?? []), dateAt(new Date().toISOString()))
  entries.splice(0, entries.length, ...ranked.map(({ entry }) => entry))
}

/** Lets the page answer the reader between two files. */
const idle = () =>
  new Promise<void>((done) =>
    'requestIdleCallback' in window ? requestIdleCallback(() => done(), { timeout: 2000 }) : setTimeout(done, 50),
  )

async function start(): Promise<void> {
  entries.length = 0
  try {
    ;[index, taxonomy] = await Promise.all([loadIndex(), loadTaxonomy()])
    const [first, ...rest] = index.rows
    complete = rest.length === 0
    if (first) await add(first.file)
    draw()
    for (const file of rest) {
      await idle()
      complete = file === rest.at(-1)
      await add(file.file)
      if (complete || filtersSet(wish) > 0 || wish.q !== '') draw()
    }
  } catch {
    if (entries.length > 0) return
    part('results').innerHTML = ''
    part('more').hidden = true
    part('found').textContent = w.failed
    part('nothing').innerHTML = empty(w.failed, w.failedHint, w.again).text
    part('nothing')
      .querySelector('button')
      ?.addEventListener('click', () => void start())
  }
}

listen()
void start()
