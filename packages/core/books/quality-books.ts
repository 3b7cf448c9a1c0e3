import type { QualityFigures } from '@skills/contract/quality.ts'
import type { Credit } from '../attendance/credit.ts'
import { runOf } from '../catalog/run-item.ts'
import { stableText } from '../catalog/stable-text.ts'
import { enrollmentItemOf } from '../enrollment/enrollment-item.ts'
import { indexes } from '../keys.ts'
import type { Standing } from '../provider/standing.ts'
import { isClosed, type ComplaintItem } from '../quality/complaint.ts'
import type { Conduct } from '../quality/conduct.ts'
import { countsOf, factsDigest, isCounted, type QualityFacts } from '../quality/quality-facts.ts'
import { ratesOf } from '../quality/quality.ts'
import { barsPublishing, closesRegistration, isLive, type SanctionItem } from '../quality/sanction.ts'
import type { Item } from '../table.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * Q1 what keeps a provider from publishing is exactly its sanctions in force, each of which two operators made and a third decided on where it was appealed, and a standing names no sanction
 * that is over; Q2 a complaint is open where its person and the operators are told so; Q3 quality figures follow from their counts, and where their facts stand as they were, from the table.
 */
export function checkQuality(books: Books): Violation[] {
  return [...checkSanctions(books), ...checkComplaints(books), ...checkFigures(books)]
}

function checkSanctions(books: Books): Violation[] {
  const found: Violation[] = []
  const add = (item: Item, says: string) => found.push({ code: 'Q1', at: where(item), says })
  const inForce = new Map<string, string>()
  for (const item of books.of('sanction')) {
    const { sanction, proposedBy, confirmedBy, appealDecidedBy } = item as unknown as SanctionItem
    const { id, providerId, grade, state, endsAt, appeal } = sanction
    if (state === 'in-force' && barsPublishing(grade)) inForce.set(id, stableText({ sanctionId: id, grade, endsAt }))
    if ((confirmedBy === null) !== (state === 'proposed' || state === 'withdrawn') || confirmedBy === proposedBy)
      add(item, 'it was not made by two operators')
    const decided = appeal !== null && appeal.outcome !== null
    if (decided !== (appealDecidedBy !== null) || (decided && (appealDecidedBy === proposedBy || appealDecidedBy === confirmedBy)))
      add(item, 'its appeal was not decided by a third operator')
    if ((books.find('SANCTIONS#live', `SANCTION#${id}`) !== undefined) !== isLive(sanction))
      add(item, 'the list of what is live says something else')
    if (inForce.has(id) && books.find(`PROVIDER#${providerId}`, 'CONDUCT') === undefined)
      add(item, 'it is in force and keeps nobody from anything')
  }
  const listed = new Set<string>()
  for (const item of books.of('conduct')) {
    const { bars } = item as unknown as Conduct
    for (const bar of bars) {
      listed.add(bar.sanctionId)
      if (inForce.get(bar.sanctionId) !== stableText(bar)) add(item, 'it names a sanction that is not in force like that')
    }
  }
  for (const item of books.of('sanction')) {
    const { id } = (item as unknown as SanctionItem).sanction
    if (inForce.has(id) && !listed.has(id)) add(item, 'it is in force, and its provider may publish')
  }
  for (const item of books.of('standing')) {
    const { sanctionId = null, providerId, state } = item as unknown as Standing
    if (sanctionId === null) continue
    const bars = (books.find(`PROVIDER#${providerId}`, 'CONDUCT') as unknown as Conduct | undefined)?.bars ?? []
    const holds = bars.some((bar) => bar.sanctionId === sanctionId && closesRegistration(bar.grade))
    if (!holds || state !== 'suspended') add(item, 'it is suspended by a sanction that is over')
  }
  return found
}

/** Whether a complaint stands in the operators' queue; one about safety also where it stood before it had a place of its own. */
function queued(books: Books, id: string, kind: string): boolean {
  const stands = (sk: string) => books.find('COMPLAINTS#open', sk) !== undefined
  return stands(`COMPLAINT#${id}`) || (kind === 'safety' && stands(`COMPLAINT#0-safety#${id}`))
}

function checkComplaints(books: Books): Violation[] {
  return books.of('complaint').flatMap((item): Violation[] => {
    const { complaint, personId } = item as unknown as ComplaintItem
    const { id, kind, runId, providerId, enrollmentId } = complaint
    const open = !isClosed(complaint)
    const guard = books.find(`PERSON#${personId}`, `COMPLAINTS-OF#${runId}`) as { ids?: string[]; open?: string | null } | undefined
    const known =
      guard?.ids?.includes(id) === true &&
      (guard.open === id) === open &&
      queued(books, id, kind) === open &&
      books.find(`PROVIDER#${providerId}`, `COMPLAINT#${id}`) !== undefined
    const theirs =
      books.find(`PERSON#${personId}`, `ENROLLMENT#${enrollmentId}`) !== undefined &&
      runOf(books.find(`RUN#${runId}`, 'RUN'))?.run.providerId === providerId
    return [
      ...(known ? [] : [{ code: 'Q2', at: where(item), says: 'its person, its provider or the operators are told something else' }]),
      ...(theirs ? [] : [{ code: 'Q2', at: where(item), says: 'its person had no seat there, or the run is another provider’s' }]),
    ]
  })
}

function checkFigures(books: Books): Violation[] {
  const stored = books.of('quality')
  if (stored.length === 0) return []
  const runs = groupBy(books.of('run'), (item) => runOf(item)?.run.providerId ?? '')
  const seats = groupBy(
    books.of('enrollment').filter((item) => item[indexes.rosterOfRun.pk] !== undefined),
    (item) => enrollmentItemOf(item)?.enrollment.runId ?? '',
  )
  const complaints = groupBy(books.of('complaint'), (item) => (item as unknown as ComplaintItem).complaint.providerId)
  return stored.flatMap((item): Violation[] => {
    const figures = item['figures'] as QualityFigures
    const { providerId, counts, rates, since, until, computedAt } = figures
    if (stableText(ratesOf(counts)) !== stableText(rates))
      return [{ code: 'Q3', at: where(item), says: 'its rates do not follow from its counts' }]
    const facts = factsIn(books, runs.get(providerId) ?? [], seats, complaints.get(providerId) ?? [], { since, until })
    // What changed since is in the next figures: only the same facts must come to the same.
    const same = factsDigest(facts, { since, until }) === item['digest']
    return same && stableText(countsOf(facts, { since, until }, computedAt)) !== stableText(counts)
      ? [{ code: 'Q3', at: where(item), says: 'its counts are not what the table comes to' }]
      : []
  })
}

function factsIn(
  books: Books,
  runs: readonly Item[],
  seats: ReadonlyMap<string, Item[]>,
  complaints: readonly Item[],
  window: { since: string; until: string },
): QualityFacts {
  const credits: QualityFacts['credits'][number][] = []
  const facts = runs.flatMap((item): QualityFacts['runs'][number][] => {
    const found = runOf(item)
    if (found === undefined || !isCounted(found.run, window)) return []
    const { run, version } = found
    const here = seats.get(run.id) ?? []
    if (run.state !== 'cancelled') credits.push(...here.flatMap((seat) => creditOf(books, seat)))
    return [
      { run, version, seated: here.length > 0, excused: run.state === 'cancelled' && books.find(`RUN#${run.id}`, 'EXCUSE') !== undefined },
    ]
  })
  return { runs: facts, credits, complaints: complaints as unknown as QualityFacts['complaints'] }
}

function creditOf(books: Books, seat: Item): Credit[] {
  const item = enrollmentItemOf(seat)
  if (item?.enrollment.state !== 'active') return []
  const credit = books.find(`PERSON#${item.personId}`, `CREDIT#${item.enrollment.runId}`) as unknown as Credit | undefined
  return credit?.enrollmentId === item.enrollment.id ? [credit] : []
}
