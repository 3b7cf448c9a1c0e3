import { createHash } from 'node:crypto'
import type { MoneyMatter } from '@skills/contract/money-matters.routes.ts'
import { enrollmentIdOf } from '@skills/contract/order.ts'
import { auditStep } from '../audit.ts'
import { groupOrderOf } from '../employer/group-order.table.ts'
import { enrollmentItemOf } from '../enrollment/enrollment-item.ts'
import { keys } from '../keys.ts'
import { readItem, readItems, readRange, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { endedMatter, matterView, newMatter, stillStands, type FoundMatter, type MatterEnd, type MoneyMatterItem } from './money-matter.ts'

const digestOf = (words: string) => createHash('sha256').update(words).digest('hex')

/** The steps that put money before a person: the matter, its line among the open ones, its audit entry. They go with the change that found it. */
export function matterSteps(world: World, found: FoundMatter): Step[] {
  const at = world.now()
  const matter = newMatter(found, world.id('moneyMatter'), at)
  const audit = auditStep({ entity: matter.id, action: 'open-money-matter', by: 'system:payments', at }, undefined)
  return [
    {
      name: 'matter',
      put: { item: { ...keys.moneyMatter.key(matter.id), ...matter, ...audit.history }, condition: 'attribute_not_exists(pk)' },
    },
    { name: 'matter line', put: { item: { ...keys.moneyMatterLine.key('open', matter.id), matterId: matter.id } } },
    { ...audit.step, name: 'matter audit' },
  ]
}

/** The steps that end one at the version it was read, with the one as it is then. Its words are its own; the audit entry has their digest. Fails by the name `matter`. Refuses as `endedMatter`. */
export function endSteps(
  world: World,
  before: MoneyMatterItem,
  end: MatterEnd,
  commandId: string | undefined,
): { steps: Step[]; item: MoneyMatterItem } {
  const at = world.now()
  const matter = endedMatter(before, end, at)
  const change = { entity: before.id, action: 'close-money-matter', by: end.by, at, commandId }
  const audit = auditStep({ ...change, ...(end.said === null ? {} : { evidence: digestOf(end.said) }) }, before)
  const item = { ...matter, ...audit.history }
  return {
    item,
    steps: [
      {
        name: 'matter',
        put: {
          item: { ...keys.moneyMatter.key(before.id), ...item },
          condition: 'version = :before',
          values: { ':before': before.version },
        },
      },
      { name: 'matter line', remove: { key: keys.moneyMatterLine.key('open', before.id) } },
      { name: 'matter line', put: { item: { ...keys.moneyMatterLine.key('done', before.id), matterId: before.id } } },
      { ...audit.step, name: 'matter audit' },
    ],
  }
}

/** One, or undefined. */
export async function readMatter(table: Table, id: string): Promise<MoneyMatterItem | undefined> {
  return (await readItem(table, keys.moneyMatter.key(id))) as unknown as MoneyMatterItem | undefined
}

/** A page of those that are open, or done, the newest first, after an id. */
export async function readMatters(
  table: Table,
  state: MoneyMatterItem['state'],
  limit: number,
  after?: string,
): Promise<MoneyMatterItem[]> {
  const { pk } = keys.moneyMatterLine.key(state, '')
  const lines = await readRange(table, { pk, backward: true, limit, after })
  const items = await readItems(
    table,
    lines.map((line) => keys.moneyMatter.key(line['matterId'] as string)),
  )
  return items.filter((item) => item !== undefined) as unknown as MoneyMatterItem[]
}

/** These as operators see them: each with whether its order still owes what it is about. */
export async function matterViews(table: Table, matters: readonly MoneyMatterItem[]): Promise<MoneyMatter[]> {
  const orders = await readItems(
    table,
    matters.map(({ id, personId, orderId, groupOrderId }) =>
      groupOrderId !== null
        ? keys.groupOrder.key(groupOrderId)
        : personId !== null && orderId !== null
          ? keys.enrollment.key(personId, enrollmentIdOf(orderId))
          : keys.moneyMatter.key(id),
    ),
  )
  return matters.map((matter, place) => {
    const refunds =
      matter.groupOrderId !== null
        ? groupOrderOf(orders[place])?.refunds
        : matter.orderId !== null
          ? enrollmentItemOf(orders[place])?.order?.refunds
          : undefined
    return matterView(matter, stillStands(matter, refunds))
  })
}
