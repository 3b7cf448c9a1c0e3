import type { Actor, Command } from '@skills/contract/actor.ts'
import type { GroupOrder } from '@skills/contract/employers.routes.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import { dateAt } from '@skills/contract/time.ts'
import { firstMeeting } from '@skills/core/catalog/run.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import { doneBefore } from '@skills/core/command.ts'
import { groupOrderView, unassigned, withInvitation, type GroupOrderItem, type InvitationItem } from '@skills/core/employer/group-order.ts'
import { invitedStep } from '@skills/core/employer/invitation.table.ts'
import { nominators, ownGroupOrder } from '@skills/core/employer/own-group-order.ts'
import { changeGroupOrder } from '@skills/core/employer/pay-group-order.ts'
import { outboxStep } from '@skills/core/outbox.ts'
import { findPerson } from '@skills/core/people/find-person.ts'
import { readNamedNumber, type NamedNumber } from '@skills/core/people/named-number.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { countTry } from '@skills/core/people/tries.table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { groupOrderId: string }
  body: { name: string; mobileOrId: string; label: string }
}

const mostTries = 20

/**
 * Invites whoever has this name and number to a seat of a paid group order. Kept is a keyed hash of the two and the employer's own label; who is registered is told, who
 * registers later finds the invitation; the employer sees the same in both cases. Refuses `not-found`, `validation-failed`, `rate-limited`,
 * `illegal-transition`, `no-seat-left-to-invite`.
 */
export async function invite(world: World, vault: Vault, { actor, command, params, body }: Call): Promise<GroupOrder> {
  const { groupOrderId } = params
  await ownGroupOrder(world, actor, groupOrderId, nominators)
  const { named, label } = accepted(body, dateAt(world.now()))
  let found: Awaited<ReturnType<typeof findPerson>> | undefined
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const order = await ownGroupOrder(world, actor, groupOrderId, nominators)
    const done = await doneBefore<unknown>(world, command)
    if (done !== undefined) return groupOrderView(order)
    const run = await readRun(world.table, order.runId)
    if (order.state !== 'paid') throw new Refusal('illegal-transition', { current: order.state, allowed: [] })
    if (run === undefined || world.now() >= firstMeeting(run.run))
      throw new Refusal('illegal-transition', { current: 'running', allowed: [] })
    if (unassigned(order) < 1) throw new Refusal('no-seat-left-to-invite')
    if (found === undefined) await countTry(world, actor.personId, 'inviteTries')
    found ??= await findPerson(world, vault, named)
    const invitation = newInvitation(world, order, found.hash, label)
    const told =
      found.personId === undefined ? [] : [outboxStep(world, { type: 'seat-invited', personId: found.personId, runId: order.runId })]
    const next = { ...order, invitations: withInvitation(order.invitations, invitation) }
    const change = { action: 'invite', by: actor.personId }
    const outcome = await changeGroupOrder(world, command, order, next, change, [invitedStep(order.id, invitation), ...told])
    if ('answer' in outcome) return groupOrderView(await ownGroupOrder(world, actor, groupOrderId, nominators))
    await world.pause(world.chance(20) + 1)
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}

function newInvitation(world: World, order: GroupOrderItem, hash: string, label: string): InvitationItem {
  const again = order.invitations.some((one) => one.hash === hash && (one.state === 'open' || one.state === 'accepted'))
  if (again)
    throw refused([
      wrong('mobileOrId', 'invited-already', '这位员工已在这个团购的邀请里。', 'This member of staff is invited by this order already.'),
    ])
  return {
    ...{ id: world.id('invitation'), label, state: 'open', at: world.now(), answeredAt: null, hash },
    ...{ personId: null, maskedName: null, enrollmentId: null },
  }
}

/** What was typed, judged: every field at once. A label that holds a number is refused, because labels are kept and shown as they are. */
function accepted({ name, mobileOrId, label }: Call['body'], today: string): { named: NamedNumber; label: string } {
  const errors: FieldError[] = []
  const read = readNamedNumber(name, mobileOrId, today)
  if (!read.ok && read.name !== undefined) errors.push({ pointer: '#/name', code: read.name.code, detail: read.name.detail })
  if (!read.ok && read.number !== undefined) errors.push({ pointer: '#/mobileOrId', code: read.number.code, detail: read.number.detail })
  const text = label.normalize('NFKC').trim()
  if (text === '')
    errors.push(
      wrong('label', 'required', '请填写便于您辨认的备注，如工号。', 'Enter what you know the person by, such as a staff number.'),
    )
  else if (/\p{C}/u.test(text))
    errors.push(wrong('label', 'characters', '含有看不见的字符，请重新输入。', 'It holds invisible characters. Please type it again.'))
  else if (/\d{11}/.test(text.replace(/[\s-]/g, '')))
    errors.push(wrong('label', 'label-number', '备注里请不要写手机号或身份证号。', 'Do not write a mobile or ID number into the label.'))
  if (!read.ok || errors.length > 0) throw refused(errors)
  return { named: read.named, label: text }
}

const wrong = (field: string, code: string, zh: string, en: string): FieldError => ({ pointer: `#/${field}`, code, detail: { zh, en } })
const refused = (errors: FieldError[]) => new Refusal('validation-failed', { count: errors.length }, { errors })
