import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Page } from '@skills/contract/actor.ts'
import type { RosterLine } from '@skills/contract/catalog.routes.ts'
import type { EnrollmentItem } from '../enrollment/enrollment-item.ts'
import { indexes, keys } from '../keys.ts'
import type { Table } from '../table.ts'

/**
 * A page of a run's roster by the index roster-of-run, in the order of enrolling. `next` is the position of the next page, made of ids only,
 * or null at the end. The index may be a moment behind.
 */
export async function readRoster(table: Table, runId: string, page: Page): Promise<{ items: RosterLine[]; next: string | null }> {
  const { name, pk, sk } = indexes.rosterOfRun
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: name,
      KeyConditionExpression: '#pk = :run',
      ExpressionAttributeNames: { '#pk': pk },
      ExpressionAttributeValues: { ':run': runId },
      Limit: page.limit,
      ...(page.after === undefined ? {} : { ExclusiveStartKey: startAfter(page.after, runId) }),
    }),
  )
  const items = (answer.Items ?? []).map((item): RosterLine => {
    const { enrollment, maskedName } = item as unknown as EnrollmentItem
    // Held and lapsed ones have no place in this index.
    const state = enrollment.state === 'active' ? 'active' : 'cancelled'
    return { enrollmentId: enrollment.id, maskedName, state, claimedAt: enrollment.claimedAt }
  })
  const last = answer.LastEvaluatedKey
  return {
    items,
    next: last === undefined ? null : `${String(last['pk']).slice(keys.enrollment.key('', '').pk.length)} ${String(last[sk])}`,
  }

  function startAfter(position: string, run: string) {
    const [person = '', enrollment = ''] = position.split(' ')
    return { ...keys.enrollment.key(person, enrollment), [pk]: run, [sk]: enrollment }
  }
}
