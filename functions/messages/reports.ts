import type { Actor, Command, Page } from '@skills/contract/actor.ts'
import type { ReportedMessage } from '@skills/contract/messages.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { doneBefore } from '@skills/core/command.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { readMessage, reportedPage, writeDecision, writeReport } from '@skills/core/messages/report.table.ts'
import { lineOf } from '@skills/core/messages/thread.ts'
import { readThread } from '@skills/core/messages/thread.table.ts'
import { countTry } from '@skills/core/people/tries.table.ts'
import type { World } from '@skills/core/world.ts'
import { threadFor } from './seen-thread.ts'

interface Of<B> {
  actor: Actor
  command: Command
  params: { threadId: string; number: string }
  body: B
}

/** Reports a message that the caller may read, once; twenty a day. Refuses `not-found`, `rate-limited`. */
export async function reportMessage(
  world: World,
  { actor, command, params, body }: Of<{ reason: string }>,
): Promise<{ reported: boolean }> {
  const { personId } = actor
  const done = await doneBefore<{ reported: boolean }>(world, command)
  if (done !== undefined) return done.answer
  await threadFor(world, personId, params.threadId)
  if ((await readMessage(world, params.threadId, Number(params.number))) === undefined) throw new Refusal('not-found')
  await countTry(world, personId, 'reportTries')
  return untilDone(world, command, async () => {
    const message = await readMessage(world, params.threadId, Number(params.number))
    if (message === undefined) throw new Refusal('not-found')
    return writeReport(world, command, message, { personId, reason: body.reason })
  })
}

/** What was reported and waits, the longest waiting first, with the words as they were written. For operators. */
export async function listReportedMessages(
  world: World,
  { page }: { page: Page },
): Promise<{ items: ReportedMessage[]; next: string | null }> {
  const { waiting, next } = await reportedPage(world, page)
  return {
    next,
    items: waiting.map(({ thread, message: { number, at, side, text, hidden, reports = [], moreReports = 0, waitingSince = null } }) => ({
      // An operator decides on words: who asked is no part of that.
      thread: { ...lineOf(thread, { personId: '', side: null }), title: thread.title },
      ...{ number, at, side, text },
      hidden: hidden === undefined ? null : { reason: hidden.reason, at: hidden.at },
      reports: reports.map((report) => ({ at: report.at, reason: report.reason })),
      ...{ moreReports, waitingSince },
    })),
  }
}

/**
 * Hides a message with the reason that its readers then see, or leaves it (and shows it again). The words stay recorded. Never her own words, nor in a thread of a provider she acts for; and
 * only what waits as she saw it. Refuses `not-found`, `another-operator-needed`, `version-conflict`.
 */
export async function decideMessage(
  world: World,
  { actor, command, params, body: { waitingSince, ...body } }: Of<{ hide: boolean; reason: string; waitingSince: string | null }>,
): Promise<{ hidden: boolean }> {
  return untilDone(world, command, async () => {
    const [thread, message] = await Promise.all([
      readThread(world, params.threadId),
      readMessage(world, params.threadId, Number(params.number)),
    ])
    if (thread === undefined || message === undefined) throw new Refusal('not-found')
    const concerned = actor.memberships.some(({ organizationId }) => organizationId === thread.providerId)
    if (concerned || message.personId === actor.personId) throw new Refusal('another-operator-needed')
    if ((message.waitingSince ?? null) !== waitingSince) throw new Refusal('version-conflict')
    return writeDecision(world, command, thread, message, { ...body, by: actor.personId })
  })
}
