import type { Actor, Page } from '@skills/contract/actor.ts'
import type { AuditChain, AuditLine } from '@skills/contract/audit.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { lineOf } from '@skills/core/audit-search/audit-line.ts'
import { searchByActor, searchByEntity, searchByPerson, type Span } from '@skills/core/audit-search/audit-search.table.ts'
import { recordDone } from '@skills/core/funding/chain-record.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  query: {
    entity?: string | undefined
    by?: string | undefined
    person?: string | undefined
    since?: string | undefined
    until?: string | undefined
  }
  page: Page
}

const ways = ['entity', 'by', 'person'] as const

/**
 * What stands in the audit about one thing, by one person in a role, or about one person; the newest first. Who searched for what is recorded before anything is read.
 * Of one thing it also says whether its chain holds. Refuses `validation-failed` unless exactly one of the three is asked for, and where the first day is after the last.
 */
export async function searchAudit(
  world: World,
  { actor, query, page }: Call,
): Promise<{ items: AuditLine[]; next: string | null; chain: AuditChain | null }> {
  const asked = ways.filter((way) => query[way] !== undefined)
  const [way] = asked
  const value = way === undefined ? undefined : query[way]
  if (way === undefined || value === undefined || asked.length > 1) throw askOne()
  const { since, until } = query
  if (since !== undefined && until !== undefined && since > until) throw turnedAround()
  await recordDone(world, `${actor.personId}/AUDIT-SEARCHES`, `search audit by ${way}: ${value}`, actor.personId)
  const span: Span = {
    since: since === undefined ? undefined : instantOf(since, '00:00'),
    until: until === undefined ? undefined : plusMinutes(instantOf(until, '00:00'), 24 * 60),
  }
  const found = await {
    entity: () => searchByEntity(world.table, value, span, page),
    by: () => searchByActor(world.table, value, span, page),
    person: () => searchByPerson(world, value, span, page),
  }[way]()
  return { items: found.entries.map(lineOf), next: found.next, chain: 'chain' in found ? (found.chain as AuditChain) : null }
}

function askOne(): Refusal {
  const detail = {
    zh: '请在“对象”“经办人”“当事人”中填写一项，且只填一项。',
    en: 'Ask for a thing, for who did it, or for whom it concerns: exactly one of them.',
  }
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/query', code: 'exactly-one', detail }] })
}

function turnedAround(): Refusal {
  const detail = {
    zh: '结束日期早于开始日期，请调整。',
    en: 'The last day is before the first one. Change one of them.',
  }
  return new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/query/until', code: 'ends-before-it-starts', detail }] })
}
