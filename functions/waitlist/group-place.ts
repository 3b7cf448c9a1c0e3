import type { GroupPlace } from '@skills/contract/group-waitlist.routes.ts'
import type { Text } from '@skills/contract/text.ts'
import type { WaitlistItem } from '@skills/core/waitlist/waitlist.ts'

/** An employer's place as it sees it. In: the entry, what the run is called, and how many places are before it. */
export function groupPlaceView({ id, runId, joinedAt, group }: WaitlistItem, title: Text, before: number): GroupPlace {
  return { id, runId, title, seats: group?.seats ?? 0, policy: group?.policy ?? 'together', place: before + 1, joinedAt }
}
