import { scanTable } from '@skills/core/books/books.table.ts'
import { getGroupOrder } from '@skills/functions/employer/group-orders.ts'
import { listMyInvitations } from '@skills/functions/employer/list-my-invitations.ts'
import { invite } from '@skills/functions/people/invite.ts'
import { nominate } from '@skills/functions/people/nominate.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { allocateTo, makeProgram } from '../funding/funding-scene.ts'
import { idNumber, mobileNumber, profileInput, startScene, type Scene } from '../people/people-scene.ts'
import { employerScene, managerOf, refusalOf } from './employer-scene.ts'

let scene: Scene
beforeAll(async () => void (scene = await startScene()))
afterAll(() => scene.stop())

const priceFen = 50_000
async function paidOrder(seats: number) {
  const { world } = scene
  const run = await makeRun(world, { capacity: 20, priceFen })
  const firm = employerScene(world)
  const order = await firm.buy(run.run.id, seats)
  await firm.pay(order.id, order.totalFen)
  const call = (name: string, mobileOrId: string, label = 'A-07') =>
    invite(world, scene.vault, {
      actor: firm.manager,
      command: scene.command('invite'),
      params: { groupOrderId: order.id },
      body: { name, mobileOrId, label },
    })
  return { run, firm, order, call }
}
const mine = (personId: string) =>
  listMyInvitations(scene.world, { actor: { personId, memberships: [] } }).then(({ invitations }) => invitations)

describe('inviting by name and number', () => {
  it('finds who is registered, by mobile as typed or by ID, and tells the employer nothing of it', async () => {
    const { order, call } = await paidOrder(3)
    const person = scene.person()
    await scene.register(person, profileInput(701))
    const known = await call('测试员', `+86 ${mobileNumber(701)}`)
    const unknown = await call('测试员', mobileNumber(799), 'A-08')
    const [first, second] = unknown.invitations
    expect(known.invitations).toEqual([first])
    expect(Object.keys(first ?? {}).sort()).toEqual(Object.keys(second ?? {}).sort())
    expect({ ...first, id: '', label: '' }).toEqual({ ...second, id: '', label: '' })
    expect(await mine(person)).toMatchObject([{ id: first?.id, state: 'open' }])
    await call('测试员', idNumber(701))
    expect(await mine(person)).toHaveLength(2)
    expect((await refusalOf(call('测试员', mobileNumber(702)))).code).toBe('no-seat-left-to-invite')
    expect(order.seats).toBe(3)
  })

  it('a right number with another name finds nobody', async () => {
    const { call } = await paidOrder(1)
    const person = scene.person()
    await scene.register(person, profileInput(711))
    await call('别的人', mobileNumber(711))
    expect(await mine(person)).toEqual([])
  })

  it('waits for who registers later', async () => {
    const { firm, call } = await paidOrder(1)
    const invited = await call('测试员', mobileNumber(721))
    const person = scene.person()
    expect(await mine(person)).toEqual([])
    await scene.register(person, profileInput(721))
    expect(await mine(person)).toMatchObject([{ id: invited.invitations[0]?.id }])
    expect(await firm.answer(person, invited.invitations[0]?.id ?? '')).toMatchObject({ state: 'accepted' })
  })

  it('says every field that is wrong at once, and keeps no number: not in a label, not in the table', async () => {
    const { call } = await paidOrder(2)
    const wrong = await refusalOf(call('', '990000199001010000', `工号 ${mobileNumber(731)}`))
    expect(wrong).toMatchObject({
      code: 'validation-failed',
      errors: [
        { pointer: '#/name', code: 'length' },
        { pointer: '#/mobileOrId', code: 'id-checksum' },
        { pointer: '#/label', code: 'label-number' },
      ],
    })
    await call('欧阳测试', mobileNumber(732))
    expect((await refusalOf(call('欧阳测试', mobileNumber(732)))).errors).toMatchObject([{ code: 'invited-already' }])
    const dump = JSON.stringify(await scanTable(scene.world.table))
    for (const canary of ['欧阳测试', mobileNumber(732), mobileNumber(731)]) expect(dump).not.toContain(canary)
  })

  it('is for the employer’s own orders, while they are paid', async () => {
    const { order } = await paidOrder(1)
    const stranger = managerOf(scene.world.id('employer'))
    const call = {
      command: scene.command('invite'),
      params: { groupOrderId: order.id },
      body: { name: '测试员', mobileOrId: mobileNumber(741), label: 'x' },
    }
    expect((await refusalOf(invite(scene.world, scene.vault, { actor: stranger, ...call }))).code).toBe('not-found')
    const unpaid = await employerScene(scene.world)
    const held = await unpaid.buy(order.runId, 1)
    const own = { actor: unpaid.manager, ...call, params: { groupOrderId: held.id } }
    expect(await refusalOf(invite(scene.world, scene.vault, own))).toMatchObject({ code: 'illegal-transition' })
    expect(await getGroupOrder(scene.world, { actor: unpaid.manager, params: { groupOrderId: held.id } })).toMatchObject({
      invitations: [],
    })
  })
})

describe('nominating staff', () => {
  const csv = (...lines: string[]) => new TextEncoder().encode(['姓名,手机号,身份证号,部门', ...lines].join('\r\n'))

  it('says who could take a seat and which subsidy each would get, and keeps nothing', async () => {
    const { world, vault } = scene
    const { run, firm } = await paidOrder(1)
    const program = await makeProgram(world, { budgetFen: 1_000_000, rules: [{ kind: 'region', regions: ['46'] }] })
    await allocateTo(world, program, run, { seats: 5, fen: 150_000 })
    const [here, away] = [scene.person(), scene.person()]
    await scene.register(here, profileInput(751))
    await scene.register(away, profileInput(752, { region: '110000' }))
    const before = (await scanTable(world.table)).filter(({ sk }) => !sk.startsWith('TRIES#'))
    const told = await nominate(world, vault, {
      actor: firm.manager,
      params: { employerId: firm.employerId },
      query: { run: run.run.id },
      body: csv(`测试员,${mobileNumber(751)},,甲`, `测试员,,${idNumber(752)},乙`, `欧阳某某,${mobileNumber(759)},,丙`, `测试员,12345,,丁`),
    })
    expect(told.nominees).toMatchObject([
      { row: 2, maskedName: '测**', registered: true, obstacles: [], subsidyFen: 30_000 },
      { row: 3, registered: true, obstacles: [], subsidyFen: 0 },
      { row: 4, maskedName: '欧阳**', registered: false, obstacles: [{ code: 'not-registered' }], subsidyFen: 0 },
    ])
    expect(told.remarks).toMatchObject([{ row: 5, code: 'phone-format' }])
    const after = (await scanTable(world.table)).filter(({ sk }) => !sk.startsWith('TRIES#'))
    expect(after).toEqual(before)
  })

  it('says no more of what stands in the way than an employer needs', async () => {
    const { world, vault } = scene
    const { run, firm } = await paidOrder(1)
    const other = await makeRun(world, { capacity: 5, priceFen })
    const person = scene.person()
    await scene.register(person, profileInput(761))
    const elsewhere = employerScene(world)
    const order = await elsewhere.buy(other.run.id, 1)
    await elsewhere.pay(order.id, order.totalFen)
    const invited = await invite(world, vault, {
      actor: elsewhere.manager,
      command: scene.command('invite'),
      params: { groupOrderId: order.id },
      body: { name: '测试员', mobileOrId: mobileNumber(761), label: 'x' },
    })
    await elsewhere.answer(person, invited.invitations[0]?.id ?? '')
    const ask = { actor: firm.manager, params: { employerId: firm.employerId }, query: { run: run.run.id } }
    const told = await nominate(world, vault, { ...ask, body: csv(`测试员,${mobileNumber(761)},,甲`) })
    expect(told.nominees[0]?.obstacles).toMatchObject([{ code: 'schedule-overlap' }])
    expect(JSON.stringify(told)).not.toContain(other.run.id)
    expect(JSON.stringify(told)).not.toContain(other.title.zh)
  })

  it('counts as look-ups of the day, and is for one’s own employer', async () => {
    const { world, vault } = scene
    const { run, firm } = await paidOrder(1)
    const manager = managerOf(firm.employerId, scene.person())
    const ask = { actor: manager, params: { employerId: firm.employerId }, query: { run: run.run.id } }
    const lines = Array.from({ length: 160 }, (_, place) => `某某,1990009${String(place).padStart(4, '0')},,甲`)
    expect((await nominate(world, vault, { ...ask, body: csv(...lines) })).nominees).toHaveLength(160)
    expect((await refusalOf(nominate(world, vault, { ...ask, body: csv(...lines) }))).code).toBe('rate-limited')
    const params = { employerId: world.id('employer') }
    expect((await refusalOf(nominate(world, vault, { ...ask, params, body: csv(...lines) }))).code).toBe('not-found')
  })
})
