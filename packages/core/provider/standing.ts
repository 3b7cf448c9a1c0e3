import type { Text } from '@skills/contract/text.ts'
import { dateAt } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'

/** A trade that a provider may teach, and the last day of it; null: its proof has no end. */
interface Scope {
  trade: string
  until: string | null
}

/** A venue whose fire-safety proof has an end: its last day. */
export interface SafeVenue {
  venueId: string
  name: Text
  until: string
}

/** Where an approved provider stands. `licenceUntil`: the last day of its licence, null where the licence has no end (长期). */
export interface Standing extends History {
  providerId: string
  /** The name of its audit chain. */
  entity: string
  state: 'approved' | 'suspended'
  scope: Scope[]
  licenceUntil: string | null
  /** Left out where its venues were approved before their proofs were watched. */
  venues?: SafeVenue[]
  /** Why it is suspended, in the operator's words. */
  reason: string | null
  /** Who applied with the papers of now: a person's id. Told is whoever manages the provider. */
  personId: string
  /** The rule texts it accepted. */
  accepted: string[]
  /** Since when it may take no new enrollments, suspended or without a licence; null: it may. Its open registrations are closed because of it. */
  blockedSince: string | null
  /** The sanction it is suspended by, which alone ends that; null: an operator's step, or it is not. */
  sanctionId?: string | null
  /** Which ends its manager was told of: `<what>@<date>@<days before>`. */
  told: string[]
}

export type OfferObstacle =
  | { code: 'not-approved' }
  | { code: 'suspended' }
  | { code: 'licence-expired'; until: string }
  | { code: 'venue-unsafe'; venue: Text; until: string }
  | { code: 'trade-not-in-scope'; trade: string }
  | { code: 'scope-expired'; trade: string; until: string }
  | { code: 'scope-ends-before'; trade: string; until: string }

/**
 * What keeps a provider from publishing a run, all of it at once; empty: nothing. In: its standing (undefined: never approved), the run's trade (null: none that needs proof), the
 * instant its last meeting ends and where it meets. A licence, and the fire-safety proof of each of these venues, must be good on the day of publishing, the scope until the last meeting. Vocational Education Law art. 24; providers are verified and
 * checked again by E-Commerce Law art. 27.
 */
export function mayOffer(
  standing: Pick<Standing, 'state' | 'scope' | 'licenceUntil' | 'venues'> | undefined,
  offer: { trade: string | null; until: string; venueIds?: readonly string[] },
  now: string,
): OfferObstacle[] {
  if (standing === undefined) return [{ code: 'not-approved' }]
  const today = dateAt(now)
  const { state, scope, licenceUntil, venues = [] } = standing
  const found: OfferObstacle[] = []
  if (state === 'suspended') found.push({ code: 'suspended' })
  if (licenceUntil !== null && licenceUntil < today) found.push({ code: 'licence-expired', until: licenceUntil })
  for (const { venueId, name, until } of venues)
    if (until < today && offer.venueIds?.includes(venueId)) found.push({ code: 'venue-unsafe', venue: name, until })
  const { trade } = offer
  if (trade === null) return found
  const proofs = scope.filter((one) => one.trade === trade)
  const lasts = (day: string) => proofs.some(({ until }) => until === null || day <= until)
  const longest =
    proofs
      .flatMap(({ until }) => until ?? [])
      .sort()
      .at(-1) ?? ''
  if (proofs.length === 0) found.push({ code: 'trade-not-in-scope', trade })
  else if (!lasts(today)) found.push({ code: 'scope-expired', trade, until: longest })
  else if (!lasts(dateAt(offer.until))) found.push({ code: 'scope-ends-before', trade, until: longest })
  return found
}

/** What an obstacle is called, with what the provider can do. `tradeName`: as the taxonomy says it. */
export function obstacleWords(obstacle: OfferObstacle, tradeName?: Text): Text {
  const zh = tradeName?.zh ?? ('trade' in obstacle ? obstacle.trade : '')
  const en = tradeName?.en ?? ('trade' in obstacle ? obstacle.trade : '')
  switch (obstacle.code) {
    case 'not-approved':
      return { zh: '机构还没有通过入驻审核', en: 'the provider has not been approved yet' }
    case 'suspended':
      return { zh: '机构已被暂停', en: 'the provider is suspended' }
    case 'licence-expired':
      return { zh: `办学许可已于 ${obstacle.until} 到期`, en: `the licence expired on ${obstacle.until}` }
    case 'venue-unsafe':
      return {
        zh: `场地“${obstacle.venue.zh}”的消防安全证明已于 ${obstacle.until} 到期`,
        en: `the fire-safety proof of “${obstacle.venue.en}” expired on ${obstacle.until}`,
      }
    case 'trade-not-in-scope':
      return { zh: `“${zh}”不在批准的办学范围内`, en: `“${en}” is not in the approved scope` }
    case 'scope-expired':
      return { zh: `“${zh}”的办学范围已于 ${obstacle.until} 到期`, en: `the scope for “${en}” expired on ${obstacle.until}` }
    case 'scope-ends-before':
      return {
        zh: `“${zh}”的办学范围 ${obstacle.until} 到期，早于最后一次课`,
        en: `the scope for “${en}” ends on ${obstacle.until}, before the last meeting`,
      }
  }
}
