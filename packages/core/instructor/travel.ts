import { longestTravelMinutes, type Place } from '../scheduling/week.ts'
import { overSea, seats } from './travel-table.ts'

/** From one venue to another of the same city. */
const acrossTown = 40
/** Out of one town and into another, beside the road between. */
const inAndOut = 20
/** Roads are longer than the line on the map, and this is how far a car comes in an hour on them. Ours, on the careful side. */
const roadPerLine = 1.3
const kmPerHour = 80
const otherProvince = 8 * 60

/**
 * Minutes that somebody needs from one place to another, by our table: none in the same venue, 40 across town, by distance between cities of one province (in steps of ten),
 * eight hours from another province, twelve where the sea lies between. At most `longestTravelMinutes`.
 */
export function travelMinutes(from: Place, to: Place): number {
  if (from.venueId === to.venueId) return 0
  return regionMinutes(from.region, to.region)
}

/** The same from region to region. */
export function regionMinutes(from: string, to: string): number {
  if (from === to) return acrossTown
  if (overSea.includes(from) || overSea.includes(to)) return longestTravelMinutes
  const km = regionKm(from, to)
  if (km === undefined) return from.slice(0, 2) === to.slice(0, 2) ? otherProvince / 2 : otherProvince
  return Math.min(longestTravelMinutes, Math.ceil(((km * roadPerLine * 60) / kmPerHour + inAndOut) / 10) * 10)
}

/** Kilometres between the seats of two regions as the crow flies, or undefined where the table has none. */
function regionKm(from: string, to: string): number | undefined {
  const [a, b] = [seats[from], seats[to]]
  if (a === undefined || b === undefined) return undefined
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const [north, east] = [radians(b[0] - a[0]), radians(b[1] - a[1])]
  const half = Math.sin(north / 2) ** 2 + Math.cos(radians(a[0])) * Math.cos(radians(b[0])) * Math.sin(east / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(half))
}
