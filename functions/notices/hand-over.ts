import type { Channel } from '@skills/contract/notices.ts'
import { endSending } from '@skills/core/notices/sending.table.ts'
import type { World } from '@skills/core/world.ts'
import type { Channels } from './channels.ts'

/** Hands a message that was taken to its carrier and writes down what became of it. */
export async function handOver(
  world: World,
  channels: Channels,
  sending: { consumer: Channel; event: string },
  send: () => Promise<void>,
): Promise<'sent' | 'lost'> {
  const failed = await send().then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  await endSending(world, sending, 'sending', failed === undefined ? 'sent' : 'lost', failed && 'carrier')
  if (failed !== undefined) channels.lost(sending.consumer, failed.error)
  return failed === undefined ? 'sent' : 'lost'
}
