import type { Venue } from '@skills/contract/catalog.ts'
import { html, icon, type Html } from '../html.ts'
import { say, type Language } from '../language.ts'
import { courseText } from './course.text.ts'

/** A search for the venue on a map that needs no key and opens the app on a phone. */
const mapHref = (venue: Venue) =>
  `https://uri.amap.com/search?keyword=${encodeURIComponent(`${venue.name.zh} ${venue.address.zh}`)}&src=skills-supermarket`

/** A venue with its address, its room and a way there; without a venue the run is online. */
export function place(venue: Venue | undefined | null, room: string | null, lang: Language): Html {
  const w = courseText[lang]
  if (!venue) return html`${w.online}`
  return html`${say(venue.name, lang)}${room ? ` · ${room}` : ''}<br /><span class="soft">${say(venue.address, lang)}</span><br /><a
      class="map"
      href="${mapHref(venue)}"
      rel="noopener external"
      >${icon('map-pin')}${w.map}</a
    >`
}
