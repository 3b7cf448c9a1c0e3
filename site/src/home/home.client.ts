import type { CourseRow } from '@skills/contract/snapshot.ts'
import { showLiveSeats } from '../catalog/live-seats.ts'
import { loadIndex, loadRows, loadTaxonomy } from '../catalog/load.ts'
import { pageLanguage } from '../language.ts'
import { aisleSigns, homeShelves } from './home-shelves.ts'
import { shelvesOf } from './shelves.ts'

const lang = pageLanguage()
const shelves = document.getElementById('shelves') as HTMLElement
const signs = document.getElementById('signs') as HTMLElement

/** Puts what is published now on the shelves; what was built into the page stays when that fails. */
async function start(): Promise<void> {
  const [index, taxonomy] = await Promise.all([loadIndex(), loadTaxonomy()])
  if (index.version === shelves.dataset['version']) {
    await showLiveSeats(shelves)
    return
  }
  if (index.rows.length === 0) throw new Error('nothing is published')
  const rows: CourseRow[] = []
  const names = new Map(index.providers.map((provider) => [provider.id, provider.name[lang]]))
  const show = (whole: boolean) => {
    const now = Date.now()
    const found = shelvesOf(rows, now)
    shelves.innerHTML = homeShelves(found, lang, now, (id) => names.get(id) ?? '').text
    signs.innerHTML = aisleSigns(taxonomy, whole ? found.industries : new Map(), lang).text
  }
  // The first file holds what opens soonest; how much is in each aisle is known only when there is no other.
  if (index.rows[0]) rows.push(...(await loadRows(index.rows[0].file)))
  show(index.rows.length === 1)
  await showLiveSeats(shelves)
}

void start().catch(() => {
  if (shelves.dataset['version']) return
  signs.closest('section')?.remove()
  shelves.innerHTML = homeShelves(shelvesOf([], 0), lang, 0, () => '').text
})
