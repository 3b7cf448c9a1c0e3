import type { Command } from '@skills/contract/actor.ts'
import { caseSteps } from '../notices/case-steps.ts'
import { managersOf } from '../people/members.table.ts'
import { transact, type Outcome } from '../transact.ts'
import type { World } from '../world.ts'
import { toldToComplainant, toldToProvider } from './complaint-words.ts'
import { complaintAt, type ComplaintItem, type Said } from './complaint.ts'
import { complaintSteps, type ComplaintsOf } from './complaint.table.ts'

export interface ComplaintStep {
  before: ComplaintItem | undefined
  /** Who complained, for a new one. */
  person?: { personId: string; maskedName: string; of: ComplaintsOf | undefined }
  complaint: Said
  action: string
  by: string
  overdueTold?: boolean
  tells?: { provider?: Parameters<typeof toldToProvider>[0]; complainant?: Parameters<typeof toldToComplainant>[0] }
}

/** Writes a change of a complaint with its notices, in one transaction. What the clock had done before and nobody wrote down is in it. Fails by the names `complaint` and `guard`. */
export async function changeComplaint<T>(
  world: World,
  command: Command | undefined,
  { before, person, complaint, action, by, overdueTold = before?.overdueTold ?? false, tells = {} }: ComplaintStep,
  answer: (item: ComplaintItem) => T,
): Promise<Outcome<T>> {
  const { personId, maskedName } = before ?? person ?? { personId: '', maskedName: '' }
  const after = { complaint, personId, maskedName, overdueTold }
  const { provider } = tells
  const hears = provider === undefined ? [] : await managersOf(world.table, complaint.providerId)
  const steps = [
    ...complaintSteps(world, command, { before, after, action, by }, person?.of),
    ...(provider === undefined
      ? []
      : hears.flatMap((manager) => caseSteps(world, manager, toldToProvider(provider, complaint), complaint.providerId))),
    ...(tells.complainant === undefined ? [] : caseSteps(world, personId, toldToComplainant(tells.complainant, complaint), null)),
  ]
  const item = { ...after, version: (before?.version ?? 0) + 1, auditHash: '' }
  return transact(world, command, steps, answer(item))
}

/** Writes down what the clock did to a complaint: unanswered it goes to an operator, unspoken of it lapses. Out: what came of it, or undefined for nothing. */
export async function moveComplaint(
  world: World,
  before: ComplaintItem,
  by: string,
): Promise<Outcome<'with-operator' | 'lapsed' | 'overdue' | undefined>> {
  const now = world.now()
  const complaint = complaintAt(before.complaint, now)
  if (complaint.state === 'with-operator' && before.complaint.state === 'open') {
    const tells = { provider: 'with-operator', complainant: 'with-operator' } as const
    return changeComplaint(world, undefined, { before, complaint, action: 'not answered in time', by, tells }, () => 'with-operator')
  }
  if (complaint.state === 'lapsed' && before.complaint.state === 'answered')
    return changeComplaint(world, undefined, { before, complaint, action: 'lapse', by, tells: { complainant: 'lapsed' } }, () => 'lapsed')
  const late = complaint.state === 'with-operator' && complaint.decideBy !== null && complaint.decideBy <= now && !before.overdueTold
  if (late)
    return changeComplaint(world, undefined, { before, complaint, action: 'decision overdue', by, overdueTold: true }, () => 'overdue')
  return { answer: undefined, replayed: false }
}
