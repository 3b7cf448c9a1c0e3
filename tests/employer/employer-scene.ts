import type { Actor } from '@skills/contract/actor.ts'
import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import { platformId } from '@skills/contract/ids.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { invitedStep } from '@skills/core/employer/invitation.table.ts'
import { withInvitation, type InvitationItem } from '@skills/core/employer/group-order.ts'
import { readGroupOrder, readGroupOrders } from '@skills/core/employer/group-order.table.ts'
import { changeGroupOrder } from '@skills/core/employer/pay-group-order.ts'
import { readHeads } from '@skills/core/enrollment/seats.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import type { World } from '@skills/core/world.ts'
import { answerInvitation } from '@skills/functions/employer/answer-invitation.ts'
import { cancelGroupOrder } from '@skills/functions/employer/cancel-group-order.ts'
import { createGroupOrder } from '@skills/functions/employer/create-group-order.ts'
import { recordTransfer } from '@skills/functions/employer/record-transfer.ts'
import { withdrawInvitation } from '@skills/functions/employer/withdraw-invitation.ts'
import { joinAsGroup } from '@skills/functions/waitlist/join-as-group.ts'
import { actor, command, makePeople } from '../enrollment/claim-scene.ts'

/** A manager of an employer, and the operator, who records transfers. */
export const managerOf = (employerId: string, personId = 'per_70000000000000000000000001'): Actor => ({
  personId,
  memberships: [{ organizationId: employerId, roles: ['employer:manager'] }],
})
export const operator: Actor = {
  personId: 'per_70000000000000000000000002',
  memberships: [{ organizationId: platformId, roles: ['platform:operator'] }],
}

/** A firm that does not exist; the check character of its code is right. */
export const firmTitle: InvoiceTitle = { kind: 'firm', title: '测试用工有限公司', taxNumber: '91350100M000100Y43', email: null }

let calls = 0
const next = (route: Parameters<typeof command>[2]) => command(`employer-${(calls += 1)}`, 'asked', route)

/** What an employer and its staff do, through the stories; one employer for each scene. */
export function employerScene(world: World) {
  const employerId = world.id('employer')
  const manager = managerOf(employerId)

  return {
    employerId,
    manager,

    buy: (runId: string, seats: number, more: { payBy?: 'stripe' | 'transfer'; by?: Actor; of?: string } = {}) =>
      createGroupOrder(world, {
        actor: more.by ?? manager,
        command: next('createGroupOrder'),
        params: { employerId: more.of ?? employerId },
        body: { runId, seats, payBy: more.payBy ?? 'transfer', invoiceTitle: firmTitle },
      }),

    pay: (groupOrderId: string, fen: number, evidence = `BANK-${(calls += 1)}`, surplus?: true) =>
      recordTransfer(world, {
        actor: operator,
        command: next('recordTransfer'),
        params: { groupOrderId },
        body: { fen, evidence, surplus },
      }),

    sendBack: (groupOrderId: string, fen: number, evidence = `BACK-${(calls += 1)}`) =>
      recordTransfer(world, {
        actor: operator,
        command: next('recordTransfer'),
        params: { groupOrderId },
        body: { fen, evidence, back: true },
      }),

    cancel: (groupOrderId: string) =>
      cancelGroupOrder(world, { actor: manager, command: next('cancelGroupOrder'), params: { groupOrderId } }),

    /** An invitation for whoever has this hash among those of her numbers and name, as the story writes it. */
    async inviteHash(groupOrderId: string, hash: string): Promise<string> {
      for (;;) {
        const before = await readGroupOrder(world.table, groupOrderId)
        if (before === undefined) throw new Error('no such order')
        const invitation: InvitationItem = {
          ...{ id: world.id('invitation'), label: 'A-01', state: 'open', at: world.now(), answeredAt: null, hash },
          ...{ personId: null, maskedName: null, enrollmentId: null },
        }
        const after = { ...before, invitations: withInvitation(before.invitations, invitation) }
        const change = { action: 'invite', by: manager.personId }
        const outcome = await changeGroupOrder(world, undefined, before, after, change, [invitedStep(groupOrderId, invitation)])
        if ('answer' in outcome) return invitation.id
      }
    },

    answer: (personId: string, invitationId: string, accept = true) =>
      answerInvitation(world, { actor: actor(personId), command: next('answerInvitation'), params: { invitationId }, body: { accept } }),

    /** All of its orders, newest first. */
    orders: () => readGroupOrders(world.table, employerId),

    withdraw: (groupOrderId: string, invitationId: string) =>
      withdrawInvitation(world, { actor: manager, command: next('withdrawInvitation'), params: { groupOrderId, invitationId } }),
  }
}

/** A firm joins the queue of a run, for all of its seats at once unless said, to be paid by transfer unless said. */
export const joinAsFirm = (
  world: World,
  { employerId, manager }: Pick<ReturnType<typeof employerScene>, 'employerId' | 'manager'>,
  runId: string,
  seats: number,
  more: { policy?: 'together' | 'as-they-come'; payBy?: 'stripe' | 'transfer' } = {},
) =>
  joinAsGroup(world, {
    actor: manager,
    command: next('joinAsGroup'),
    params: { employerId },
    body: { runId, seats, policy: 'together', payBy: 'transfer', invoiceTitle: null, ...more },
  })

/** People whose numbers and name are hashed to `hash-<their id>`, so that an invitation can name them without a vault. */
export async function makeStaff(
  world: World,
  count: number,
  facts: Record<string, unknown> = {},
): Promise<{ personId: string; hash: string }[]> {
  const staff: { personId: string; hash: string }[] = []
  for (let place = 0; place < count; place += 1) {
    const personId = world.id('person')
    const hash = `hash-${personId}`
    await makePeople(world, 1, { namedHashes: [hash], ...facts }, [personId])
    staff.push({ personId, hash })
  }
  return staff
}

/** How many seats of a run stand in each account. */
export async function accounts(world: World, { run, shards }: RunItem) {
  const heads = await readHeads(world.table, run.id, shards)
  const sum = (account: 'free' | 'held' | 'sold' | 'blocked') => heads.reduce((total, head) => total + head[account], 0)
  return { free: sum('free'), held: sum('held'), sold: sum('sold'), blocked: sum('blocked') }
}

/** The refusal a story ends with, or `no refusal`. */
export const refusalOf = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(
    () => 'no refusal' as unknown as Refusal,
    (error: unknown) => {
      if (error instanceof Refusal) return error
      throw error
    },
  )
