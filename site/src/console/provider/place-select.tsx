import type { Venue } from '@skills/contract/catalog.ts'
import { Select } from 'antd'
import { pageLanguage } from '../../language.ts'
import { plannerText } from './planner.text.ts'
import { placeOf } from './run-draft.ts'

const lang = pageLanguage()
const w = plannerText[lang].run

interface Parts {
  venues: readonly Venue[]
  id?: string
  value?: string
  onChange?: (place: string) => void
  disabled?: boolean
  'aria-label'?: string
}

/** Chooses a room of the provider's venues, or none. */
export function PlaceSelect({ venues, ...rest }: Parts) {
  const options = venues.flatMap((venue) =>
    venue.rooms.map(({ name, capacity }) => ({ value: placeOf(venue.id, name), label: w.roomOf(venue.name[lang], name, capacity) })),
  )
  return <Select popupMatchSelectWidth={false} options={[{ value: '', label: w.noRoom }, ...options]} {...rest} />
}
