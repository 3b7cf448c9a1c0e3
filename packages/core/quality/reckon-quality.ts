import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { QualityFigures } from '@skills/contract/quality.ts'
import { dateAt } from '@skills/contract/time.ts'
import { readSeats } from '../attendance/attendance.table.ts'
import { creditOf } from '../attendance/credit.table.ts'
import { courseIdsOf } from '../catalog/course.table.ts'
import { readRunsOf } from '../catalog/run.table.ts'
import type { RunItem } from '../catalog/run-item.ts'
import { held } from '../held.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, type Table } from '../table.ts'
import type { World } from '../world.ts'
import { complaintsOfProvider } from './complaint.table.ts'
import { factsDigest, figuresOf, isCounted, type QualityFacts, type RunFact } from './quality-facts.ts'
import { readQuality } from './quality.table.ts'
import { windowAt } from './quality.ts'

const pageOfSeats = 200
const pageOfComplaints = 200

/** The table is looked through in so many parts, all at once. */
const segments = 8

/** The ids of every provider there is: first who was never reckoned, then who waits longest for new figures, so that a call that cannot do all is gone on with by the next. No index says it: once a day a scan does. */
export async function providersLongestWaiting(table: Table): Promise<string[]> {
  const parts = await Promise.all(Array.from({ length: segments }, (_, segment) => providerIds(table, segment)))
  const ids = parts.flat()
  const figures = await readQuality(table, ids)
  const since = (id: string) => `${figures.get(id)?.computedAt ?? ''} ${id}`
  return ids.toSorted((a, b) => (since(a) < since(b) ? -1 : 1))
}

async function providerIds(table: Table, segment: number): Promise<string[]> {
  const ids: string[] = []
  let start: Record<string, unknown> | undefined
  do {
    const page = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        Segment: segment,
        TotalSegments: segments,
        FilterExpression: 'begins_with(pk, :provider) AND sk = :itself',
        ExpressionAttributeValues: { ':provider': keys.provider.key('').pk, ':itself': keys.provider.key('').sk },
        ProjectionExpression: 'pk',
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    )
    ids.push(...(page.Items ?? []).map(({ pk }) => String(pk).slice(keys.provider.key('').pk.length)))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return ids
}

/** Reckons the figures of a provider anew and keeps them with the digest of what they were made of; older ones never replace newer. Out: the figures. */
export async function reckonQuality(world: World, providerId: string): Promise<QualityFigures> {
  const now = world.now()
  const window = windowAt(now)
  const facts = await readFacts(world.table, providerId, window)
  const figures = figuresOf(providerId, facts, window, now)
  const item = { ...keys.quality.key(providerId), figures, digest: factsDigest(facts, window), computedAt: now }
  await held(() =>
    world.table.client.send(
      new PutCommand({
        TableName: world.table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk) OR computedAt <= :now',
        ExpressionAttributeValues: { ':now': now },
      }),
    ),
  )
  return figures
}

async function readFacts(table: Table, providerId: string, window: { since: string; until: string }): Promise<QualityFacts> {
  const runs: RunFact[] = []
  const credits: QualityFacts['credits'][number][] = []
  for (const courseId of await courseIdsOf(table, providerId))
    for (const item of await readRunsOf(table, courseId)) {
      if (!isCounted(item.run, window)) continue
      const seats = await creditsOf(table, item)
      credits.push(...seats.credits)
      const excused = item.run.state === 'cancelled' && (await readItem(table, keys.excuse.key(item.run.id))) !== undefined
      runs.push({ run: item.run, version: item.version, seated: seats.seated, excused })
    }
  return { runs, credits, complaints: await complaintsIn(table, providerId, window.since) }
}

/** Whether anybody ever had a seat in a run, and the credits of those who have one. */
async function creditsOf(table: Table, { run }: RunItem): Promise<{ seated: boolean; credits: QualityFacts['credits'][number][] }> {
  const credits: QualityFacts['credits'][number][] = []
  let seated = false
  let after: Record<string, unknown> | undefined
  do {
    const page = await readSeats(table, run.id, { limit: pageOfSeats, after })
    seated ||= page.seats.length > 0
    if (run.state === 'cancelled') break
    const active = page.seats.filter(({ enrollment }) => enrollment.state === 'active')
    const items = await readItems(
      table,
      active.map(({ personId }) => keys.credit.key(personId, run.id)),
    )
    items.forEach((item, place) => {
      const credit = creditOf(item)
      if (credit !== undefined && credit.enrollmentId === active[place]?.enrollment.id) credits.push(credit)
    })
    after = page.next
  } while (after !== undefined)
  return { seated, credits }
}

/** The complaints about a provider, back to the first day of the window: ids sort by time. */
async function complaintsIn(table: Table, providerId: string, since: string): Promise<QualityFacts['complaints'][number][]> {
  const found: QualityFacts['complaints'][number][] = []
  let after: string | undefined
  do {
    const { items, next } = await complaintsOfProvider(table, providerId, { limit: pageOfComplaints, after })
    found.push(...items)
    const oldest = items.at(-1)?.complaint.raisedAt
    after = next === null || oldest === undefined || dateAt(oldest) < since ? undefined : next
  } while (after !== undefined)
  return found
}
