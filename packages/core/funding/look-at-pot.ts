import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { isId } from '@skills/contract/ids.ts'
import { held } from '../held.ts'
import { indexes, keys } from '../keys.ts'
import { readItem, type Key } from '../table.ts'
import type { World } from '../world.ts'
import { lookAtAllocation, type Looked } from './look-at-allocation.ts'
import { lookAtVoucher } from './look-at-voucher.ts'

/**
 * Looks at what a pot belongs to because money came back to it when nobody looked any more: half a year after a run or a voucher has ended. What is in a closed pot goes on to its program. In:
 * the pot's key; the pot is due no more once it was looked at, unless more came back meanwhile.
 */
export async function lookAtPot(world: World, key: Key, by: string): Promise<Looked> {
  const pot = await readItem(world.table, key)
  const { pk, sk } = indexes.due
  const due = pot?.[sk]
  if (pot === undefined || due === undefined) return 'nothing'
  const [programId, of] = [String(pot['programId']), String(pot['of'])]
  const looked = isId('run', of) ? await lookAtAllocation(world, of, programId, by) : await lookAtVoucherOf(world, programId, of, by)
  await held(() =>
    world.table.client.send(
      new UpdateCommand({
        TableName: world.table.name,
        Key: { pk: key.pk, sk: key.sk },
        UpdateExpression: 'REMOVE #bucket, #at',
        ConditionExpression: '#at = :seen',
        ExpressionAttributeNames: { '#bucket': pk, '#at': sk },
        ExpressionAttributeValues: { ':seen': due },
      }),
    ),
  )
  return looked
}

async function lookAtVoucherOf(world: World, programId: string, voucherId: string, by: string): Promise<Looked> {
  const pointer = await readItem(world.table, keys.voucherOfProgram.key(programId, voucherId))
  return pointer === undefined ? 'nothing' : lookAtVoucher(world, String(pointer['hash']), by)
}
