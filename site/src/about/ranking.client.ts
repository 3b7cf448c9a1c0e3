import type { CourseRow } from '@skills/contract/snapshot.ts'
import { dateAt } from '@skills/contract/time.ts'
import { loadIndex, loadRows } from '../catalog/load.ts'
import { pageLanguage } from '../language.ts'
import { rankingTable } from './ranking-table.ts'
import { rankingText } from './ranking.text.ts'

const lang = pageLanguage()
const place = document.getElementById('live-ranking') as HTMLElement

/** Works the order out from the whole published catalog, as it is now and for today. */
async function start(): Promise<void> {
  const index = await loadIndex()
  const rows: CourseRow[] = (await Promise.all(index.rows.map(({ file }) => loadRows(file)))).flat()
  place.innerHTML = rankingTable(rows, index.providers, dateAt(new Date().toISOString()), lang).text
}

void start().catch(() => place.insertAdjacentHTML('afterbegin', `<p class="notice">${rankingText[lang].failed}</p>`))
