import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Table } from '@skills/core/table.ts'
import type { TestWorld } from '../test-world.ts'

/** The same world with the version of weeks taken out of every transaction: the control of races for hours. */
export function withoutTurns(of: TestWorld): TestWorld {
  const send = (request: TransactWriteCommand): Promise<unknown> => {
    if (!(request instanceof TransactWriteCommand)) return of.table.client.send(request)
    const items = (request.input.TransactItems ?? []).flatMap((item) => {
      const key = String(item.Put?.Item?.['pk'] ?? item.ConditionCheck?.Key?.['pk'])
      if (!key.startsWith('WEEK#')) return [item]
      return item.Put === undefined ? [] : [{ Put: { TableName: item.Put.TableName, Item: item.Put.Item } }]
    })
    return of.table.client.send(new TransactWriteCommand({ ...request.input, TransactItems: items }))
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}
