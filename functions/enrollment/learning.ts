import type { LearningItem } from '@skills/contract/enrollment.routes.ts'
import { runOf, type RunItem } from '@skills/core/catalog/run-item.ts'
import { lastMeeting } from '@skills/core/catalog/run.ts'
import { cancelUntil, phaseOf } from '@skills/core/enrollment/enrollment.ts'
import type { EnrollmentItem } from '@skills/core/enrollment/enrollment-item.ts'
import { keys } from '@skills/core/keys.ts'
import { readItems, type Item } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** Enrollment items with the runs they are for; an enrollment whose run is gone is left out. */
export async function withRuns(
  world: World,
  items: readonly (Item | EnrollmentItem)[],
): Promise<{ enrollment: EnrollmentItem; run: RunItem }[]> {
  const enrollments = items as unknown as EnrollmentItem[]
  const runs = await readItems(
    world.table,
    enrollments.map(({ enrollment }) => keys.run.key(enrollment.runId)),
  )
  return enrollments.flatMap((enrollment, index) => {
    const run = runOf(runs[index])
    return run === undefined ? [] : [{ enrollment, run }]
  })
}

/** An enrollment as its person sees it now. */
export function learningItem({ enrollment, times }: EnrollmentItem, item: RunItem, now: string): LearningItem {
  const { run } = item
  // What its provider cancelled can be left at any time.
  const until = run.state === 'cancelled' ? lastMeeting(run) : cancelUntil(run, { times })
  const leavable = enrollment.state === 'held' || (enrollment.state === 'active' && (run.state === 'cancelled' || now <= until))
  return {
    enrollment,
    phase: phaseOf(run, enrollment, now),
    title: item.title,
    providerName: item.providerName,
    run,
    venue: item.venue,
    nextMeeting: run.meetings.filter((meeting) => meeting.endsAt > now).sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0] ?? null,
    cancelUntil: leavable ? until : null,
  }
}
