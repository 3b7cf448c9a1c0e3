import type { Actor } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { readProgram } from '@skills/core/funding/program.table.ts'
import type { ProgramItem } from '@skills/core/funding/program-item.ts'
import { mayLook, mayManage, type SponsorItem } from '@skills/core/funding/sponsor.ts'
import { readSponsor } from '@skills/core/funding/sponsor.table.ts'
import type { World } from '@skills/core/world.ts'

/** What a caller wants to do with a sponsor's things. */
type Wish = 'look' | 'manage'

/** A sponsor that the caller may act for. Refuses `not-found` for what is not theirs, and `forbidden` for managing what they may only look at. */
export async function ownSponsor(world: World, actor: Actor, sponsorId: string, wish: Wish): Promise<SponsorItem> {
  const item = await readSponsor(world.table, sponsorId)
  if (item === undefined || !mayLook(actor, item.sponsor.path)) throw new Refusal('not-found')
  if (wish === 'manage' && !mayManage(actor, item.sponsor.path)) throw new Refusal('forbidden')
  return item
}

/** A program that the caller may act for, as `ownSponsor`. */
export async function ownProgram(world: World, actor: Actor, programId: string, wish: Wish): Promise<ProgramItem> {
  const item = await readProgram(world.table, programId)
  if (item === undefined) throw new Refusal('not-found')
  await ownSponsor(world, actor, item.program.sponsorId, wish)
  return item
}
