import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Sponsor, SponsorView } from '@skills/contract/funding.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { changeProgram, readProgramsOf } from '@skills/core/funding/program.table.ts'
import { placedSponsor, usccTaken } from '@skills/core/funding/sponsor.ts'
import { changeSponsor, createSponsor, readSponsor } from '@skills/core/funding/sponsor.table.ts'
import type { World } from '@skills/core/world.ts'
import { isDeepStrictEqual as same } from 'node:util'
import { untilDone } from '@skills/core/funding/until-done.ts'

interface Call {
  actor: Actor
  command: Command
  params: { sponsorId: string }
  body: Pick<Sponsor, 'name' | 'level' | 'parentId' | 'region' | 'uscc'> & { version?: number | undefined }
}

/**
 * Registers a union, or changes it at the version its editor saw; its path follows from the one above it. Its programs carry its name, so they follow a new one. Refuses `version-conflict`, and `validation-failed`
 * for a parent that is not there, a cycle, for moving a union that something hangs on, and for a code that is wrong or another union's.
 */
export async function saveSponsor(world: World, { actor, command, params, body }: Call): Promise<SponsorView> {
  const { name, level, parentId, region, uscc } = body
  const saved = await untilDone(world, command, async () => {
    const [before, parent] = await Promise.all([
      readSponsor(world.table, params.sponsorId),
      parentId === null ? undefined : readSponsor(world.table, parentId),
    ])
    if (before?.version !== body.version) throw new Refusal('version-conflict')
    const sponsor = placedSponsor({ id: params.sponsorId, name, level, parentId, region, uscc }, before, parent)
    const outcome =
      before === undefined
        ? await createSponsor(world, command, actor.personId, sponsor, parent)
        : await changeSponsor(world, command, actor.personId, sponsor, before, parent)
    if ('failed' in outcome && outcome.failed === 'code') throw usccTaken()
    return outcome
  })
  await renamePrograms(world, saved, actor.personId)
  return saved
}

async function renamePrograms(world: World, { id, name }: Sponsor, by: string): Promise<void> {
  for (const { program, sponsorName } of await readProgramsOf(world.table, id)) {
    if (same(sponsorName, name)) continue
    await untilDone(world, undefined, async () => {
      const before = (await readProgramsOf(world.table, id)).find((one) => one.program.id === program.id)
      if (before === undefined) throw new Error('a program of a union is gone')
      return changeProgram(
        world,
        undefined,
        { before, program: before.program, sponsorName: name, action: 'rename sponsor', by },
        () => null,
      )
    })
  }
}
