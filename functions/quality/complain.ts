import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Complaint, ComplaintKind } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { readEnrollment } from '@skills/core/enrollment/enrollment.table.ts'
import { acceptedFile } from '@skills/core/files/file.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { changeComplaint } from '@skills/core/quality/change-complaint.ts'
import { mostComplaints, raised, shownComplaint, spokenOf } from '@skills/core/quality/complaint.ts'
import { complaintsOfPerson, readComplaint, readComplaintsOf } from '@skills/core/quality/complaint.table.ts'
import { plainWords } from '@skills/core/quality/plain-words.ts'
import type { World } from '@skills/core/world.ts'
import { log } from '@skills/http/log.ts'

interface Raise {
  actor: Actor
  command: Command
  body: { enrollmentId: string; kind: ComplaintKind; text: string; fileId: string | null; nameShown: boolean }
}

/**
 * A person complains about a run she has or had a confirmed seat in, one complaint at a time. The provider is told in the same transaction; of a matter of safety an alarm tells the operators
 * at once, again for a repeated request, whose first may have ended before its line was written. Refuses `not-found`, `complaint-open`,
 * `complaints-enough`, `file-not-accepted`, `validation-failed` for a text with an ID or a mobile number.
 */
export async function raiseComplaint(world: World, { actor: { personId }, command, body: sent }: Raise): Promise<{ complaint: Complaint }> {
  const body = plainWords(sent, 'text')
  const complaint = await untilDone(world, command, async () => {
    const { item } = await readEnrollment(world, personId, body.enrollmentId)
    const { state } = item?.enrollment ?? {}
    const confirmed = state === 'active' || (state === 'cancelled' && (item?.order === null || item?.order.confirmedAt !== null))
    const runId = item?.enrollment.runId ?? ''
    const [run, of] = await Promise.all([readRun(world.table, runId), readComplaintsOf(world.table, personId, runId)])
    if (item === undefined || run === undefined || !confirmed) throw new Refusal('not-found')
    if (of !== undefined && of.open !== null) throw new Refusal('complaint-open')
    if ((of?.ids.length ?? 0) >= mostComplaints) throw new Refusal('complaints-enough', { most: mostComplaints })
    const { kind, text, fileId, nameShown, enrollmentId } = body
    if (fileId !== null) await acceptedFile(world, { fileId, personId, kinds: ['complaint-proof'] })
    const facts = { id: world.id('complaint'), kind, text, fileId, nameShown, enrollmentId, runId }
    const { providerId } = run.run
    const now = world.now()
    const complaint = raised({ ...facts, providerId, providerName: run.providerName, title: run.title }, now)
    const person = { personId, maskedName: item.maskedName, of }
    const step = { before: undefined, person, complaint, action: 'raise', by: personId, tells: { provider: 'raised' } } as const
    return changeComplaint(world, command, step, (made) => shownComplaint(made, now))
  })
  if (complaint.kind === 'safety') log({ at: world.now(), level: 'error', function: 'quality', event: 'safety-complaint' })
  return { complaint }
}

/** The caller's complaints, the newest first. */
export async function listMyComplaints(world: World, { actor }: { actor: Actor }): Promise<{ complaints: Complaint[] }> {
  const now = world.now()
  return { complaints: (await complaintsOfPerson(world.table, actor.personId)).map((item) => shownComplaint(item, now)) }
}

interface Say {
  actor: Actor
  command: Command
  params: { complaintId: string }
  body: { settled: boolean; text: string | null }
}

/** Who complained says whether it is settled; where the answer does not settle it an operator decides. Refuses `not-found`, `illegal-transition`, `validation-failed`. */
export async function sayOfComplaint(
  world: World,
  { actor: { personId }, command, params, body: sent }: Say,
): Promise<{ complaint: Complaint }> {
  const body = plainWords(sent, 'text')
  const complaint = await untilDone(world, command, async () => {
    const before = await readComplaint(world.table, params.complaintId)
    if (before?.personId !== personId) throw new Refusal('not-found')
    const now = world.now()
    const complaint = spokenOf(before.complaint, body, now)
    const tells = body.settled ? {} : ({ provider: 'with-operator' } as const)
    const step = { before, complaint, action: body.settled ? 'settled' : 'not settled', by: personId, tells }
    return changeComplaint(world, command, step, (made) => shownComplaint(made, now))
  })
  return { complaint }
}
