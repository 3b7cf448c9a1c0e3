import { atOnce } from '../at-once.ts'
import { keys } from '../keys.ts'
import { readItems, readRange } from '../table.ts'
import type { World } from '../world.ts'
import type { ThreadItem } from './thread.ts'
import { readMessages } from './thread.table.ts'

const threadsAtOnce = 16

/** What is held of a person's messages, for her copy: the whole of each question she asked, and of other threads what she wrote herself. Nobody is named. */
export async function heldMessages(world: World, personId: string): Promise<{ threads: Record<string, unknown>[]; entities: string[] }> {
  const list = keys.threadOf.key(personId, '')
  const pointers = await readRange(world.table, { pk: list.pk, begins: list.sk })
  const items = await readItems(
    world.table,
    pointers.map(({ sk }) => keys.thread.key(sk.slice(list.sk.length))),
  )
  const threads = items.filter((item) => item !== undefined) as unknown as ThreadItem[]
  // No key says which messages of a thread are hers, so each of its at most sixty is read.
  const held = await atOnce(threads, threadsAtOnce, async (thread) => {
    const asked = thread.personId === personId
    const messages = await readMessages(world, thread.id)
    return {
      ...{ id: thread.id, kind: thread.kind, runId: thread.runId, title: asked ? thread.title : null },
      messages: messages
        .filter((message) => asked || message.personId === personId)
        .map(({ number, at, side, text, hidden }) => ({ number, at, side, text, hidden: hidden?.reason ?? null })),
    }
  })
  if (held.failed[0] !== undefined) throw held.failed[0].error
  return { threads: held.answers, entities: threads.filter((thread) => thread.personId === personId).map(({ id }) => id) }
}
