import type { Thread } from '@skills/contract/messages.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { standingTo, type Standing } from '@skills/core/messages/reader.table.ts'
import { mostMessages, openUntil, threadOf, type Reader, type ThreadItem } from '@skills/core/messages/thread.ts'
import { readMessages, readThread } from '@skills/core/messages/thread.table.ts'
import type { World } from '@skills/core/world.ts'

/** A run and where the caller stands to it; for who has nothing to do with it there is none. Refuses `not-found`. */
export async function runFor(world: World, personId: string, runId: string): Promise<{ run: RunItem; standing: Standing }> {
  const run = await readRun(world.table, runId)
  if (run === undefined) throw new Refusal('not-found')
  const standing = await standingTo(world, personId, run)
  if (!standing.learner && standing.answers === null) throw new Refusal('not-found')
  return { run, standing }
}

/** As what a person reads a thread: her own question as a learner; everything else of the run as who answers; an announcement also as a learner. Undefined: she does not. */
export function readerOf(thread: ThreadItem, personId: string, standing: Standing): Reader | undefined {
  if (thread.kind === 'question' && thread.personId === personId) return { personId, side: 'learner' }
  if (standing.answers !== null) return { personId, side: standing.answers }
  return thread.kind === 'announcement' && standing.learner ? { personId, side: 'learner' } : undefined
}

/** A thread the caller may read, with what is needed to write on. Refuses `not-found`. */
export async function threadFor(world: World, personId: string, threadId: string) {
  const thread = await readThread(world, threadId)
  const run = thread === undefined ? undefined : await readRun(world.table, thread.runId)
  if (thread === undefined || run === undefined) throw new Refusal('not-found')
  const standing = await standingTo(world, personId, run)
  const reader = readerOf(thread, personId, standing)
  if (reader === undefined) throw new Refusal('not-found')
  return { thread, run, standing, reader }
}

/** A thread as the caller sees it now. Refuses `not-found`. */
export async function seenThread(world: World, personId: string, threadId: string): Promise<Thread> {
  const { thread, run, standing, reader } = await threadFor(world, personId, threadId)
  const open = openUntil(run.run) > world.now() && thread.messages < mostMessages
  const mayWrite = thread.kind === 'question' && open && (reader.side === 'learner' ? standing.seated : true)
  return threadOf(thread, await readMessages(world, threadId), reader, mayWrite)
}
