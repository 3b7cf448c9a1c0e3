import type { RunItem } from '../catalog/run-item.ts'
import { standingCheck } from '../provider/standing.table.ts'
import type { Crew } from '../scheduling/crew.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { runNotReady } from './publish-planned.ts'
import { readPublishing } from './read-publishing.ts'
import { notReady } from './ready.ts'

/**
 * Judges a changed plan of a run that is public: it may lack nothing that it did not lack before, neither a room or an instructor of a meeting nor its provider's permission. What was wrong already
 * (an instructor fell ill) keeps nobody from mending it; a meeting that is added has a week to find its instructor (`least-notice.ts`), everything else at once. Out: the check that the provider's standing is as it was judged. Refuses `run-not-ready` with what would be missing.
 */
export async function stillReady(
  world: World,
  before: { item: RunItem; crew: Crew },
  after: { item: RunItem; crew: Crew },
): Promise<Step[]> {
  const [was, is] = await Promise.all([before, after].map(({ item, crew }) => readPublishing(world, item, crew)))
  if (was === undefined || is === undefined) return []
  const old = new Set(before.item.run.meetings.map(({ id }) => id))
  const lacking = (publishing: typeof is) =>
    notReady(publishing, world.now()).flatMap((reason) => {
      const [, part, place] = reason.pointer.split('/')
      // Whether registration and the first meeting are still ahead is asked of what is to be published only.
      if (part !== 'provider' && (part !== 'meetings' || place === undefined)) return []
      const of = place === undefined ? '' : (publishing.item.run.meetings[Number(place)]?.id ?? '')
      if (reason.code === 'no-instructor' && !old.has(of)) return []
      return [{ reason, name: `${reason.code} ${of}` }]
    })
  const known = new Set(lacking(was).map(({ name }) => name))
  const fresh = lacking(is).filter(({ name }) => !known.has(name))
  if (fresh.length > 0) throw runNotReady(fresh.map(({ reason }) => reason))
  return is.standing === undefined ? [] : [standingCheck(is.standing)]
}
