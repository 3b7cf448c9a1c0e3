import { judgeCredit, type Credit } from '../attendance/credit.ts'
import { confirmed, proofsOf, type Attendance } from '../attendance/evidence.ts'
import { evidenceDigest } from '../attendance/evidence-digest.ts'
import { isSecond } from '../attendance/presence-view.ts'
import { registerOf } from '../attendance/register.table.ts'
import { attendanceRules, hoursOf, type AttendanceRules } from '../attendance/rule.ts'
import { runOf } from '../catalog/run-item.ts'
import { enrollmentItemOf } from '../enrollment/enrollment-item.ts'
import { admittedMinutes } from '../enrollment/moved-run.ts'
import { scheduleOf } from '../enrollment/schedule.ts'
import type { Item } from '../table.ts'
import { groupBy, where, type Books, type Violation } from './books.ts'

/**
 * E4 every credited hour has its evidence: judged again from what was shown, by the rule it names and whichever holds today, a credit is the same, and who missed a run has it in her schedule; A3 a confirmed correction
 * has two people, neither of them whom it concerns, and the audit chain names both; A1 the evidence of an attendance is what was recorded, all of it; E6 a device is one person's.
 */
export function checkAttendance(books: Books, rules: AttendanceRules = attendanceRules): Violation[] {
  const found: Violation[] = []
  const chains = groupBy(books.of('audit'), (item) => item['entity'] as string)
  const shown = groupBy(books.of('attendance'), (item) => item['personId'] as string)
  for (const item of books.of('attendance')) {
    const attendance = item as unknown as Attendance
    const chain = (chains.get(attendance.entity) ?? []).toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
    if (chain.at(-1)?.['evidence'] !== evidenceDigest(attendance.evidence))
      found.push({ code: 'A1', at: where(item), says: 'its evidence is not what was recorded' })
    found.push(...checkCorrections(item, attendance, chain))
    for (const { deviceId } of proofsOf(attendance.evidence))
      if (books.find(`DEVICE#${deviceId}`, 'GUARD')?.['personId'] !== attendance.personId)
        found.push({ code: 'E6', at: where(item), says: 'a device that is somebody else’s, or nobody’s, proved it' })
  }
  for (const item of books.of('credit')) found.push(...checkCredit(books, item, shown.get(item['personId'] as string) ?? [], rules))
  return found
}

function checkCorrections(item: Item, { personId, evidence }: Attendance, chain: readonly Item[]): Violation[] {
  return confirmed(evidence).flatMap(({ askedBy, decided }): Violation[] => {
    const by = decided?.by ?? ''
    const named = (action: string, who: string) => chain.some((entry) => entry['action'] === action && entry['by'] === who)
    const two = isSecond({ askedBy }, by, personId) && askedBy !== personId
    return two && named('ask-override', askedBy) && named('confirm-override', by)
      ? []
      : [{ code: 'A3', at: where(item), says: 'a correction was not made by two people' }]
  })
}

function checkCredit(books: Books, item: Item, shown: readonly Item[], rules: AttendanceRules): Violation[] {
  const credit = item as unknown as Credit
  const run = runOf(books.find(`RUN#${credit.runId}`, 'RUN'))
  const register = registerOf(books.find(`RUN#${credit.runId}`, 'REGISTER'))
  const says = (text: string): Violation => ({ code: 'E4', at: where(item), says: text })
  if (run === undefined || register === undefined) return [says('its run, or its register, does not exist')]
  const found: Violation[] = []
  const rule = rules.get(credit.rule)
  if (rule === undefined) return [says(`no rule is called ${credit.rule}`)]
  const enough = credit.outOfMinutes > 0 && credit.minutes * 100 >= credit.outOfMinutes * rule.completePercent
  if ((credit.outcome === 'completed') !== enough) found.push(says('completed without enough attended hours, or not in spite of them'))
  if (credit.hours !== hoursOf(credit.minutes, rule)) found.push(says('its hours are not those of its minutes'))
  const { noShows } = scheduleOf(books.find(item.pk, 'SCHEDULE'))
  if (credit.noShowAt !== null && !noShows.includes(credit.noShowAt)) found.push(says('the missed run is not in the schedule'))
  // A correction that came since has it credited anew.
  if (register.settledAt === null) return found
  const meetings = credit.meetings.map(({ meetingId: id, startsAt, endsAt }) => ({
    id,
    startsAt,
    endsAt,
    kind: 'classroom' as const,
    venueId: null,
    room: null,
  }))
  const attendances = shown.map((one) => one as unknown as Attendance).filter(({ runId }) => runId === credit.runId)
  const taken = register.taken.map(({ meetingId }) => meetingId)
  const times = enrollmentItemOf(books.find(item.pk, `ENROLLMENT#${credit.enrollmentId}`))?.times ?? []
  const admitted = admittedMinutes(run.run, { times })
  const judged = judgeCredit({ run: { meetings }, taken, checks: register.checks, attendances, admittedMinutes: admitted }, rule)
  if (judged.outOfMinutes !== credit.outOfMinutes)
    found.push(says(`it is out of ${credit.outOfMinutes} minutes, not of ${judged.outOfMinutes}`))
  if (judged.minutes !== credit.minutes || judged.outcome !== credit.outcome)
    found.push(says(`${credit.minutes} minutes are credited, ${judged.minutes} have evidence`))
  return found
}
