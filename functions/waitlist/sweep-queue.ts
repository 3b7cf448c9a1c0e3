import { atOnce } from '@skills/core/at-once.ts'
import { readDue } from '@skills/core/due.ts'
import { keys } from '@skills/core/keys.ts'
import { endOffer } from '@skills/core/waitlist/end-offer.ts'
import { tendQueue } from '@skills/core/waitlist/tend-queue.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

/** How many offers and queues one sweep takes on; what is left is still due in a minute. */
const mostOffers = 1_000
const mostQueues = 1_000
const queuesAtOnce = 8

export interface Swept {
  lapsed: number
  offered: number
  closed: number
}

const prefix = keys.waitlist.key('').pk
const numberPrefix = keys.waitlistEntry.key('', '').sk

/**
 * Ends offers whose time is over, each seat going to the next in the same transaction, and tends the queues that ask for it. The index only advises: entries and
 * queues are read again and written on the condition that nothing changed, so sweeps may overlap and repeat. A queue that fails holds up no other; in the end
 * an error names those.
 */
export async function sweepQueue(world: World): Promise<Swept> {
  const now = world.now()
  const [offers, queues] = await Promise.all([
    readDue(world.table, 'offer', now, mostOffers),
    readDue(world.table, 'queue', now, mostQueues),
  ])
  // The offers of one run one after the other: they are after the same next entry.
  const byRun = [...Map.groupBy(offers, ({ pk }) => pk.slice(prefix.length))]
  const ended = await atOnce(byRun, queuesAtOnce, async ([runId, entries]) => {
    let lapsed = 0
    for (const { sk } of entries) {
      const offer = { runId, number: sk.slice(numberPrefix.length), to: 'lapsed', by: 'system:sweep-queue' } as const
      if (await endOffer(world, offer)) lapsed += 1
    }
    return lapsed
  })
  const runIds = queues.map(({ pk }) => pk.slice(prefix.length))
  const tended = await atOnce(runIds, queuesAtOnce, (runId) => tendQueue(world, runId))
  const failed = [
    ...ended.failed.map(({ item: [runId], error }) => ({ runId, error })),
    ...tended.failed.map(({ item, error }) => ({ runId: item, error })),
  ]
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-queue', event: 'queue-not-tended', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not tended: ${failed.map(({ runId }) => runId).join(' ')}`)
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  return {
    lapsed: sum(ended.answers),
    offered: sum(tended.answers.map(({ offered }) => offered)),
    closed: sum(tended.answers.map(({ closed }) => closed)),
  }
}

let world: World | undefined

export async function handler(): Promise<Swept> {
  return sweepQueue((world ??= realWorld()))
}
