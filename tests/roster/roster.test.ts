import { platformId } from '@skills/contract/ids.ts'
import { workbookRows } from '@skills/core/catalog/workbook-rows.ts'
import { csvOf } from '@skills/core/csv.ts'
import { writeMembership } from '@skills/core/people/membership.table.ts'
import { rosterSheet } from '@skills/core/roster/roster-sheet.ts'
import { readRange } from '@skills/core/table.ts'
import { openAttendance } from '@skills/functions/attendance/take-attendance.ts'
import { exportRoster } from '@skills/functions/roster/export-roster.ts'
import { listRoster } from '@skills/functions/roster/list-roster.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRun } from '../enrollment/claim-scene.ts'
import { startScene, type Scene } from '../people/people-scene.ts'
import { learner, staff } from './roster-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())
const page = { limit: 20, after: undefined }

describe('a run’s roster', () => {
  it('says who may be contacted, and how often each one came of those meetings whose attendance was taken', async () => {
    const run = await makeRun(scene.world)
    const manager = staff(scene.world, run.run.providerId)
    const [one, two] = [await learner(scene, run, 1), await learner(scene, run, 2, false)]
    const ask = () => listRoster(scene.world, { actor: manager, params: { runId: run.run.id }, page })
    const before = (await ask()).items
    expect(before.map(({ enrollmentId, mayContact, soFar, personId }) => [enrollmentId, mayContact, soFar, personId])).toEqual([
      [one.enrollmentId, true, null, null],
      [two.enrollmentId, false, null, null],
    ])
    const meeting = run.run.meetings[0]
    if (meeting === undefined) throw new Error('no meeting')
    scene.world.moveTo(meeting.startsAt)
    const membership = { organizationId: run.run.providerId, organizationName: run.providerName, roles: ['provider:manager' as const] }
    await writeMembership(scene.world, undefined, 'system:test', manager.personId, membership, undefined)
    await openAttendance(
      { world: scene.world, secretKey: 'makes the secrets of meetings in tests' },
      { actor: manager, command: scene.command('openAttendance'), params: { runId: run.run.id, meetingId: meeting.id } },
    )
    expect((await ask()).items.map(({ soFar }) => soFar)).toEqual([
      { came: 0, taken: 1, minutes: 0, outcome: null },
      { came: 0, taken: 1, minutes: 0, outcome: null },
    ])
  })

  it('says ids of persons to operators only', async () => {
    const run = await makeRun(scene.world)
    scene.world.moveTo('2026-12-01T02:00:00.000Z')
    const one = await learner(scene, run, 3)
    const operator = {
      personId: scene.world.id('person'),
      memberships: [{ organizationId: platformId, roles: ['platform:operator' as const] }],
    }
    const { items } = await listRoster(scene.world, { actor: operator, params: { runId: run.run.id }, page })
    expect(items.map(({ personId }) => personId)).toEqual([one.personId])
  })
})

describe('its export', () => {
  it('is recorded first, masks every name, and says who took it and when', async () => {
    const run = await makeRun(scene.world)
    const manager = staff(scene.world, run.run.providerId)
    const one = await learner(scene, run, 4)
    const take = (format: 'csv' | 'xlsx') =>
      exportRoster(scene.world, { actor: manager, params: { runId: run.run.id }, query: { format }, language: 'zh' })
    const csv = String((await take('csv')).text)
    expect(csv).toContain(one.enrollmentId)
    expect(csv).toContain('测**')
    expect(csv.trim().split('\r\n').at(-1)).toBe(`"导出：${manager.personId}，2026-12-01 10:00"`)
    const sheet = JSON.stringify(await workbookRows((await take('xlsx')).text as Uint8Array))
    expect(sheet).toContain(one.enrollmentId)
    for (const text of [csv, sheet]) expect([one.name, one.mobile].filter((secret) => text.includes(secret))).toEqual([])
    const entries = await readRange(scene.world.table, { pk: `AUDIT#${run.run.id}/EXPORTS` })
    expect(entries.map(({ action, by }) => [action, by])).toEqual([
      ['export roster', manager.personId],
      ['export roster', manager.personId],
    ])
    for (const by of [staff(scene.world, run.run.providerId, 'provider:instructor'), staff(scene.world, scene.world.id('provider'))])
      await expect(
        exportRoster(scene.world, { actor: by, params: { runId: run.run.id }, query: {}, language: 'zh' }),
      ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('leaves out what is past the limits and says so, and is executed by no spreadsheet', () => {
    const line = {
      enrollmentId: 'enr_01KAJ3V0M0AAAAAAAAAAAAAAAA',
      personId: null,
      maskedName: '=cmd|calc',
      state: 'active' as const,
      claimedAt: '2026-12-01T02:00:00.000Z',
      soFar: null,
      mayContact: false,
    }
    const about = {
      title: { zh: '+课程', en: 'course' },
      code: 'R1',
      by: 'per_1',
      at: line.claimedAt,
      language: 'zh' as const,
      more: false,
    }
    const rows = rosterSheet(
      Array.from({ length: 30 }, () => line),
      { ...about, limits: { rows: 20, bytes: 100_000 } },
    )
    expect(rows.at(-2)).toEqual(['未完：其余学员请在页面查看。'])
    const csv = csvOf(rows.map((row) => row.map(String)))
    expect(csv).not.toMatch(/(^|,)"?[=+]/m)
  })
})
