import { plusMinutes } from '@skills/contract/time.ts'
import { yuan } from '@skills/contract/money.ts'
import type { MyAttendance } from '@skills/contract/attendance.ts'
import { must } from '@skills/local/must.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { attendance, comes, signedIn, type AttendanceScene } from './attendance.journey.ts'
import type { House } from './house.ts'
import { picture } from './look-at.ts'
import { timeOf, type Time } from './pass-time.ts'
import { evening, type EveningSeries } from './provider.journey.ts'
import { expectBooksClean, stand } from './whole-story.journey.ts'

const operator = 'demo-chen'
const workers = ['demo-lin-xiaoyu', 'demo-fu-dahai'] as const
const day = 24 * 60
/** Of 200 yuan a union pays 120 for whoever lives in the province. */
const grantFen = 12_000
const ownFen = evening.priceYuan * 100 - grantFen

/** A union's program that sets money aside for two seats of a run, written through the API as the operator would. */
async function setMoneyAside(house: House, runId: string): Promise<void> {
  const api = house.as(operator)
  const now = new Date().toISOString()
  const sponsorId = 'spo_01K0000000000000000000000Q'
  const name = { zh: '晚间学习工会（演示）', en: 'Evening study union (demo)' }
  must(
    'a union',
    await api.call('saveSponsor', { params: { sponsorId }, body: { name, level: 'industry', parentId: null, region: '460000' } }),
  )
  const ruleSet = {
    ...{ version: '2026-1', from: '2026-01-01', until: null, source: { title: '演示办法', document: '演示〔2026〕2 号' } },
    rules: [{ kind: 'region' as const, regions: ['46'] }],
  }
  const terms = {
    ...{ name, scheme: 'evenings', ruleSets: [ruleSet], stacking: { kind: 'exclusive' as const } },
    period: { from: now.slice(0, 10), until: plusMinutes(now, 400 * day).slice(0, 10) },
    funding: { kind: 'percentage' as const, percent: 60, capFen: 100_000 },
  }
  const { program } = must('a program', await api.call('createProgram', { params: { sponsorId }, body: terms }))
  const params = { programId: program.id }
  must('money', await api.call('moveMoney', { params, body: { kind: 'top-up', fen: 100_000, reference: '演示拨款' } }))
  must('setting aside', await api.call('allocate', { params, body: { runId, seats: 2, fen: 2 * grantFen } }))
}

/** Other journeys gave the same people free seats on such evenings: nobody sits in two classes at once. */
async function giveBack(house: House, sub: string): Promise<void> {
  const { items } = must('reading seats', await house.as(sub).call('listMyEnrollments', { query: { limit: '50' } }))
  for (const { enrollment, cancelUntil } of items)
    if (enrollment.state === 'active' && enrollment.orderId === null && cancelUntil !== null)
      must('giving back', await house.as(sub).call('cancelEnrollment', { params: { enrollmentId: enrollment.id }, body: {} }))
}

/** What the sweeps do while nobody looks. */
async function sweepAll(house: House): Promise<void> {
  await house.drain()
  const money = ['settle-payments', 'sweep-funding']
  const people = ['sweep-crews', 'sweep-queue', 'sweep-attendance', 'sweep-notices', 'sweep-standings', 'sweep-quality', 'reckon-quality']
  const sweeps = ['sweep-runs', ...people, ...money, 'sweep-files']
  for (const sweep of sweeps) await house.fire(sweep)
  await house.below().cloud.doubles.stripe.drain()
  await house.drain()
}

/**
 * The second half of what the supply side promises, told after a provider was approved and its evening series became public: two workers buy seats, come, one of them without a network, have their hours credited, and the
 * statement adds up to the fen. Weeks pass in it.
 */
export function supplyStory(house: () => House, series: () => EveningSeries): void {
  let time: Time
  let meetings: { id: string; startsAt: string; endsAt: string }[] = []
  beforeAll(() => void (time = timeOf(house())))
  afterAll(() => time.back())

  it('two workers buy seats, of which a union pays a part', { timeout: 180_000 }, async () => {
    const { runId, courseId } = series()
    const plan = must('reading the plan', await house().as(evening.manager).call('getRunPlan', { params: { runId } }))
    meetings = plan.run.meetings.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
    await setMoneyAside(house(), runId)
    for (const worker of workers) {
      await giveBack(house(), worker)
      const visitor = await stand(house(), { device: 'phone' }, `/claim/?run=${runId}&course=${courseId}`, worker)
      const { page } = visitor
      expect(await page.locator('.slip-total .price').innerText()).toBe(yuan(ownFen))
      await page.locator('#go').click()
      await page.locator('#pay-link').click()
      await page.locator('button[value=pay]').click()
      await page.locator('[data-outcome=confirmed]').waitFor()
      await visitor.leave()
    }
    // Nobody comes on a day that the run is not on: the house goes on to the first evening, twenty minutes before it begins.
    await time.moveTo(plusMinutes(meetings[0]?.startsAt ?? '', -20))
    await sweepAll(house())
  })

  const came = attendance((): AttendanceScene => {
    const [meeting] = meetings
    if (meeting === undefined) throw new Error('no meeting')
    return { time, runId: series().runId, meeting, teacher: evening.teachers[0], manager: evening.manager, workers }
  })

  it('one of them comes to the other evenings too, of which another instructor has the last two', { timeout: 240_000 }, async () => {
    const { runId } = series()
    const { ann } = came()
    for (const [at, meeting] of meetings.entries()) {
      if (at === 0) continue
      const query = new URLSearchParams({ runId, meetingId: meeting.id }).toString()
      await time.moveTo(plusMinutes(meeting.startsAt, -5))
      // From her own week: the way an instructor gets to the screen.
      const teacher = await signedIn(time, evening.teachers[at < 2 ? 0 : 1], '/attendance/')
      await teacher.page.locator(`#take a[href*="/attendance/screen/?${query}"]`).click()
      await teacher.page.locator('#open').click()
      await teacher.page.locator('[data-board="qr"] svg').waitFor()
      await comes(ann, teacher.page, 'here')
      await time.moveTo(plusMinutes(meeting.endsAt, 1))
      await teacher.page.reload()
      // At the end of a meeting the screen shows the code for leaving by itself.
      await expect.poll(() => teacher.page.locator('[data-board="kind"]').textContent()).toBe('签退')
      await comes(ann, teacher.page, 'left')
      await teacher.leave()
    }
  })

  it('a day later both find their hours among what they learned', { timeout: 120_000 }, async () => {
    const { runId } = series()
    await time.moveTo(plusMinutes(meetings.at(-1)?.endsAt ?? '', 26 * 60))
    await sweepAll(house())
    const credits: unknown[] = []
    for (const worker of workers) {
      const { items } = must(
        'reading',
        await house()
          .as(worker)
          .call('listMyAttendance', { query: { limit: '50' } }),
      )
      const { outcome, minutes, outOfMinutes, hours } = items.find((one: MyAttendance) => one.runId === runId)?.credit ?? {}
      credits.push({ outcome, minutes, outOfMinutes, hours })
      const visitor = await signedIn(time, worker, '/learning/')
      await visitor.page.locator(`[data-phase=past] [data-credit=${outcome}]`).waitFor()
      expect(await visitor.page.locator('[data-phase=past] [data-credit]').first().innerText()).toContain(`${hours} 课时`)
      await picture(visitor, `learning-hours-${outcome}`)
      await visitor.leave()
    }
    expect(credits).toEqual([
      { outcome: 'completed', minutes: 470, outOfMinutes: 480, hours: 10 },
      { outcome: 'incomplete', minutes: 120, outOfMinutes: 480, hours: 2.5 },
    ])
    await (await came()).ann.leave()
  })

  it(
    'the statement says what was earned by whom, holds back what was not attended, and every fen is where it belongs',
    { timeout: 180_000 },
    async () => {
      const { runId, providerId } = series()
      const visitor = await signedIn(time, evening.manager, `/console/provider/?provider=${providerId}&tab=payout`, { device: 'desktop' })
      const { page } = visitor
      await page.locator(`.program-card a[href*="${runId}"]`).click()
      await page.locator('[data-next="1"] .chart canvas').waitFor()
      await page.getByRole('button', { name: '关闭结算单', exact: true }).click()
      await page.locator('.ant-modal-confirm .ant-btn-primary').click()
      await page.locator('[data-statement="1"]').waitFor()
      await picture(visitor, 'story-statement-zh')
      const payout = must('reading the payout', await house().as(evening.manager).call('getPayout', { params: { runId } }))
      // Both sat through what they paid for themselves; the union pays the first in full, and a quarter for the second, who came to one of four evenings.
      expect(payout.next).toBeNull()
      expect(payout.statements.map(({ earnedFen, heldFen }) => ({ earnedFen, heldFen }))).toEqual([
        { earnedFen: 2 * ownFen + grantFen + grantFen / 4, heldFen: (grantFen * 3) / 4 },
      ])
      await visitor.leave()
      await sweepAll(house())
      await expectBooksClean(house(), time.ahead())
    },
  )
}
