import { plusMinutes } from '@skills/contract/time.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import { cancelEnrollment } from '@skills/functions/enrollment/cancel-enrollment.ts'
import { getGroupOrder } from '@skills/functions/employer/group-orders.ts'
import { listMyInvitations } from '@skills/functions/employer/list-my-invitations.ts'
import { describe, expect, it } from 'vitest'
import { actor, command, makeRun } from '../enrollment/claim-scene.ts'
import { toldBy } from '../waitlist/waitlist-scene.ts'
import { accounts, employerScene, makeStaff, managerOf, refusalOf } from './employer-scene.ts'
import { useCleanWorld } from './clean-world.ts'
import { withdrawInvitation } from '@skills/functions/employer/withdraw-invitation.ts'

const start = '2026-12-01T02:00:00.000Z'
const priceFen = 68_000
const world = useCleanWorld('invitation', start)

/** A paid order of a firm with some staff, each invited. */
async function paidOrder(seats: number, count: number, wishes: Parameters<typeof makeRun>[1] = {}) {
  const run = await makeRun(world, { capacity: 10, priceFen, ...wishes })
  const firm = employerScene(world)
  const order = await firm.buy(run.run.id, seats)
  await firm.pay(order.id, order.totalFen)
  const staff = await makeStaff(world, count)
  const invited: { personId: string; hash: string; invitationId: string }[] = []
  for (const one of staff) invited.push({ ...one, invitationId: await firm.inviteHash(order.id, one.hash) })
  const shown = () => getGroupOrder(world, { actor: firm.manager, params: { groupOrderId: order.id } })
  return { run, firm, order, invited, shown }
}
const mine = async (personId: string) => (await listMyInvitations(world, { actor: actor(personId) })).invitations

describe('an invitation', () => {
  it('is seen by the invited alone, accepted as a claim that is paid for, and shown to the employer by a masked name', async () => {
    const { run, firm, order, invited, shown } = await paidOrder(3, 2)
    const [first = { personId: '', invitationId: '', hash: '' }, second = first] = invited
    expect(await mine(first.personId)).toMatchObject([{ id: first.invitationId, runId: run.run.id, state: 'open' }])
    expect(await refusalOf(firm.answer(second.personId, first.invitationId))).toMatchObject({ code: 'not-found' })

    expect(await firm.answer(first.personId, first.invitationId)).toMatchObject({ state: 'accepted' })
    expect(await accounts(world, run)).toEqual({ free: 7, held: 0, sold: 1, blocked: 2 })
    const view = await shown()
    expect(view).toMatchObject({ unassigned: 1, invitations: [{ state: 'accepted', maskedName: '测*' }, { state: 'open' }] })
    const enrollmentId = view.invitations[0]?.enrollmentId ?? ''
    const { order: paid } = (await readItem(world.table, keys.enrollment.key(first.personId, enrollmentId))) as unknown as {
      order: Record<string, unknown>
    }
    expect(paid).toMatchObject({
      state: 'confirmed',
      groupOrderId: order.id,
      split: { listFen: priceFen, employerFen: priceFen, subsidyFen: 0, payableFen: 0 },
    })
    expect((await refusalOf(firm.answer(first.personId, first.invitationId))).code).toBe('illegal-transition')
  })

  it('that is declined or withdrawn frees its seat for another', async () => {
    const { firm, order, invited, shown } = await paidOrder(2, 2)
    const [first, second] = invited as [(typeof invited)[0], (typeof invited)[0]]
    expect((await shown()).unassigned).toBe(0)
    expect(await firm.answer(first.personId, first.invitationId, false)).toMatchObject({ state: 'declined' })
    expect((await shown()).unassigned).toBe(1)
    expect(await firm.withdraw(order.id, second.invitationId)).toMatchObject({ unassigned: 2 })
    expect(await mine(second.personId)).toEqual([])
    expect((await refusalOf(firm.answer(second.personId, second.invitationId))).code).toBe('not-found')
    expect((await refusalOf(firm.withdraw(order.id, second.invitationId))).code).toBe('illegal-transition')
  })

  it('an accepted seat is swapped until the run begins, also after registration closed, and no money moves', async () => {
    const { run, firm, order, invited, shown } = await paidOrder(1, 1, { closesAt: plusMinutes(start, 60) })
    const [first] = invited as [(typeof invited)[0]]
    await firm.answer(first.personId, first.invitationId)
    world.moveTo(plusMinutes(start, 120))
    expect(await firm.withdraw(order.id, first.invitationId)).toMatchObject({ unassigned: 1, owedFen: 0 })
    expect(await accounts(world, run)).toEqual({ free: 9, held: 0, sold: 0, blocked: 1 })
    expect(await toldBy(world, 'seat-withdrawn', run.run.id)).toEqual([first.personId])
    expect(await toldBy(world, 'seat-given-back', run.run.id)).toEqual([])

    const [other = { personId: '', hash: '' }] = await makeStaff(world, 1)
    const invitationId = await firm.inviteHash(order.id, other.hash)
    expect(await firm.answer(other.personId, invitationId)).toMatchObject({ state: 'accepted' })
    expect(await shown()).toMatchObject({ invitations: [{ state: 'withdrawn' }, { state: 'accepted' }] })
    world.moveTo(run.run.meetings[0]?.startsAt ?? '')
    expect((await refusalOf(firm.withdraw(order.id, invitationId))).code).toBe('cancellation-closed')
  })

  it('a person who leaves gives the seat back to the firm; once the order is over, to everybody, and the firm is paid back', async () => {
    const { run, firm, order, invited, shown } = await paidOrder(2, 2)
    const [first, second] = invited as [(typeof invited)[0], (typeof invited)[0]]
    await firm.answer(first.personId, first.invitationId)
    await firm.answer(second.personId, second.invitationId)
    const leave = async ({ personId, invitationId }: typeof first) =>
      cancelEnrollment(world, {
        actor: actor(personId),
        command: command(`leave-${invitationId}`, 'asked', 'cancelEnrollment'),
        params: { enrollmentId: (await shown()).invitations.find(({ id }) => id === invitationId)?.enrollmentId ?? '' },
      })
    await leave(first)
    expect(await accounts(world, run)).toEqual({ free: 8, held: 0, sold: 1, blocked: 1 })
    expect(await shown()).toMatchObject({ unassigned: 1, owedFen: 0, invitations: [{ state: 'declined' }, { state: 'accepted' }] })

    expect(await firm.cancel(order.id)).toMatchObject({ state: 'cancelled', owedFen: priceFen, invitations: [{}, { state: 'accepted' }] })
    expect(await accounts(world, run)).toEqual({ free: 9, held: 0, sold: 1, blocked: 0 })
    await leave(second)
    expect(await accounts(world, run)).toEqual({ free: 10, held: 0, sold: 0, blocked: 0 })
    expect((await shown()).owedFen).toBe(2 * priceFen)
  })

  it('keeps every limit and condition of a claim', async () => {
    const { run, firm, order } = await paidOrder(3, 0, { conditions: [{ kind: 'age', min: 18 }], date: '2026-12-22' })
    const other = await paidOrder(1, 1, { date: '2026-12-22' })
    const [busy] = other.invited as [(typeof other.invited)[0]]
    await other.firm.answer(busy.personId, busy.invitationId)
    const again = await firm.inviteHash(order.id, busy.hash)
    expect((await refusalOf(firm.answer(busy.personId, again))).code).toBe('schedule-overlap')

    const [young = { personId: '', hash: '' }] = await makeStaff(world, 1, { bornOn: '2010-01-01' })
    const forYoung = await firm.inviteHash(order.id, young.hash)
    expect((await refusalOf(firm.answer(young.personId, forYoung))).code).toBe('condition-not-met')

    const [full = { personId: '', hash: '' }] = await makeStaff(world, 1)
    const forFull = await firm.inviteHash(order.id, full.hash)
    const limits = world.limits
    world.limits = { ...limits, enrollments: 0 }
    expect((await refusalOf(firm.answer(full.personId, forFull))).code).toBe('too-many-enrollments')
    // Unpaid seats of her own are no reason: nothing is hers to pay here.
    world.limits = { ...limits, holds: 0 }
    expect(await firm.answer(full.personId, forFull)).toMatchObject({ state: 'accepted' })
    world.limits = limits
    expect((await accounts(world, run)).blocked).toBe(2)
  })

  it('of another employer cannot be withdrawn', async () => {
    const { order, invited } = await paidOrder(1, 1)
    const params = { groupOrderId: order.id, invitationId: invited[0]?.invitationId ?? '' }
    const stranger = { actor: managerOf(world.id('employer')), command: command('stranger', 'asked', 'withdrawInvitation'), params }
    expect((await refusalOf(withdrawInvitation(world, stranger))).code).toBe('not-found')
  })

  it('a dozen people who answer at the same moment all get their seats', async () => {
    const { run, firm, invited, shown } = await paidOrder(12, 12, { capacity: 100, date: '2026-12-23' })
    const answers = await Promise.all(invited.map(({ personId, invitationId }) => firm.answer(personId, invitationId)))
    expect(answers.filter(({ state }) => state === 'accepted')).toHaveLength(12)
    expect(await accounts(world, run)).toEqual({ free: 88, held: 0, sold: 12, blocked: 0 })
    expect((await shown()).unassigned).toBe(0)
  })

  it('a repeated answer is told the same and takes no second seat', async () => {
    const { run, firm, invited } = await paidOrder(2, 1, { date: '2026-12-24' })
    const [one] = invited as [(typeof invited)[0]]
    const { answerInvitation } = await import('@skills/functions/employer/answer-invitation.ts')
    const call = {
      actor: actor(one.personId),
      command: command('same-answer', 'asked', 'answerInvitation'),
      params: { invitationId: one.invitationId },
      body: { accept: true },
    } as const
    const answers = await Promise.all([answerInvitation(world, call), answerInvitation(world, call)].map((said) => said.catch(refused)))
    expect(answers.some((said) => 'state' in said && said.state === 'accepted')).toBe(true)
    expect(await answerInvitation(world, call)).toMatchObject({ state: 'accepted' })
    expect(await accounts(world, run)).toMatchObject({ sold: 1, blocked: 1 })
    expect(firm.employerId).toMatch(/^emp_/)

    function refused(error: unknown) {
      expect(error).toMatchObject({ code: 'request-outstanding' })
      return {}
    }
  })
})
