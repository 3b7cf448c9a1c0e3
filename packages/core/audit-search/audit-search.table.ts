import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Page } from '@skills/contract/actor.ts'
import { atOnce } from '../at-once.ts'
import { indexes, keys } from '../keys.ts'
import { readRange, type Item, type Table } from '../table.ts'
import type { World } from '../world.ts'
import { chainOf, type AuditEntry, type Chain } from './audit-line.ts'
import { entitiesOfPerson } from './person-entities.ts'

/** From which instant on entries are wanted, and before which. */
export interface Span {
  since: string | undefined
  until: string | undefined
}

interface Found {
  entries: AuditEntry[]
  next: string | null
}

/** How many chains are read at once. */
const chainsAtOnce = 8
const digits = 8

/** What happened to one thing, the newest first, and whether its chain holds from its first entry to its last. */
export async function searchByEntity(table: Table, entity: string, span: Span, { limit, after }: Page): Promise<Found & { chain: Chain }> {
  const all = (await readRange(table, { pk: keys.audit.key(entity, '').pk })) as unknown as AuditEntry[]
  const wanted = all.filter(({ at }) => within(at, span)).toReversed()
  const rest = after === undefined ? wanted : wanted.filter(({ version }) => version < Number(after))
  const entries = rest.slice(0, limit)
  return { entries, next: rest.length > limit ? String(entries.at(-1)?.version) : null, chain: chainOf(entity, all) }
}

/** What a person did in a role, the newest first, by the index audit-by-actor. It may be a moment behind. */
export async function searchByActor(table: Table, personId: string, { since, until }: Span, { limit, after }: Page): Promise<Found> {
  const { name, pk, sk } = indexes.auditByActor
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: name,
      KeyConditionExpression: '#pk = :actor AND #sk BETWEEN :since AND :until',
      ExpressionAttributeNames: { '#pk': pk, '#sk': sk },
      // A place begins with its instant and goes on, so it comes after the bare instant.
      ExpressionAttributeValues: { ':actor': personId, ':since': since ?? '0', ':until': until ?? '9' },
      ScanIndexForward: false,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: startAfter(personId, after) }),
    }),
  )
  const last = answer.LastEvaluatedKey
  return { entries: (answer.Items ?? []) as unknown as AuditEntry[], next: last === undefined ? null : String(last[sk]) }
}

/** What happened to all that is a person's, whoever did it, the newest first. */
export async function searchByPerson(world: World, personId: string, span: Span, { limit, after }: Page): Promise<Found> {
  const { answers, failed } = await atOnce(await entitiesOfPerson(world, personId), chainsAtOnce, (entity) =>
    readRange(world.table, { pk: keys.audit.key(entity, '').pk }),
  )
  if (failed[0] !== undefined) throw failed[0].error
  const wanted = (answers.flat() as unknown as AuditEntry[])
    .filter(({ at }) => within(at, span))
    .map((entry) => ({ entry, place: placeOf(entry) }))
    .toSorted((a, b) => (a.place < b.place ? 1 : -1))
  const rest = after === undefined ? wanted : wanted.filter(({ place }) => place < after)
  const shown = rest.slice(0, limit)
  return { entries: shown.map(({ entry }) => entry), next: rest.length > limit ? (shown.at(-1)?.place ?? null) : null }
}

const within = (at: string, { since, until }: Span) => (since === undefined || at >= since) && (until === undefined || at < until)

/** Where an entry stands among all by time; the sort key of the index. */
const placeOf = ({ at, entity, version }: AuditEntry) => `${at}#${entity}#${String(version).padStart(digits, '0')}`

function startAfter(actor: string, place: string): Item {
  const [, entity = '', version = ''] = /^[^#]*#(.*)#(\d{8})$/.exec(place) ?? []
  const { pk, sk } = indexes.auditByActor
  return { ...keys.audit.key(entity, version), [pk]: actor, [sk]: place }
}
