import type { Actor, Command } from '@skills/contract/actor.ts'
import type { PublicSanction, QualityFigures, Sanction } from '@skills/contract/quality.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { plainWords } from '@skills/core/quality/plain-words.ts'
import { readQuality } from '@skills/core/quality/quality.table.ts'
import { appealed, heard, sanctionAt, shownSanction, type SanctionItem } from '@skills/core/quality/sanction.ts'
import { liveSanctions, readSanction, sanctionsOf } from '@skills/core/quality/sanction.table.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'
import { manages } from './concerned.ts'
import { writeSanction } from './sanction-cases.ts'

type OfProvider = { actor: Actor; params: { providerId: string } }

/** Every sanction a provider ever had, the newest first, for its managers and operators; for everybody else there is no such provider. */
export async function listSanctionsOf(world: World, { actor, params: { providerId } }: OfProvider): Promise<{ sanctions: Sanction[] }> {
  const known =
    mayAct(actor, providerId, ['provider:manager']) && (await readItem(world.table, keys.provider.key(providerId))) !== undefined
  if (!known) throw new Refusal('not-found')
  const now = world.now()
  return { sanctions: (await sanctionsOf(world.table, providerId)).map((item) => shownSanction(item, now)) }
}

interface Speak {
  actor: Actor
  command: Command
  params: { sanctionId: string }
  body: { text: string }
}

/** A manager is heard before a sanction takes effect. Refuses `not-found` for another provider's, `illegal-transition`, `validation-failed`. */
export async function hearSanction(world: World, call: Speak): Promise<{ sanction: Sanction }> {
  return speak(world, call, 'hearing', (before, text) => heard(before.sanction, text, world.now()))
}

/** A manager appeals, within fifteen working days. Refuses `not-found` for another provider's, `illegal-transition`, `appeal-over`, `validation-failed`. */
export async function appealSanction(world: World, call: Speak): Promise<{ sanction: Sanction }> {
  return speak(world, call, 'appeal', (before, text) => appealed(before.sanction, text, world.now()))
}

async function speak(
  world: World,
  { actor, command, params, body }: Speak,
  action: string,
  next: (before: SanctionItem, text: string) => SanctionItem['sanction'],
): Promise<{ sanction: Sanction }> {
  const { text } = plainWords(body, 'text')
  const sanction = await untilDone(world, command, async () => {
    const before = await readSanction(world.table, params.sanctionId)
    if (before === undefined || !manages(actor, before.sanction.providerId)) throw new Refusal('not-found')
    return writeSanction(world, command, { before, after: { ...before, sanction: next(before, text) }, action, by: actor.personId })
  })
  return { sanction }
}

/** The sanctions in force that keep a provider from something, for everybody; warnings are on record only. */
export async function listSanctions(world: World): Promise<{ sanctions: PublicSanction[] }> {
  const now = world.now()
  const all = (await liveSanctions(world.table)).map(({ sanction }) => sanctionAt(sanction, now))
  return {
    sanctions: all.flatMap(({ id, providerId, providerName, grade, clause, ruleTextId, from, endsAt, state, appeal }) =>
      state !== 'in-force' || grade === 'warning' || from === null
        ? []
        : [{ id, providerId, providerName, grade, clause, ruleTextId, from, endsAt, appealed: appeal !== null && appeal.outcome === null }],
    ),
  }
}

/** The quality figures of a provider as the daily job left them. Refuses `not-found` for an unknown provider. */
export async function getQuality(
  world: World,
  { params: { providerId } }: { params: { providerId: string } },
): Promise<{ quality: QualityFigures | null }> {
  if ((await readItem(world.table, keys.provider.key(providerId))) === undefined) throw new Refusal('not-found')
  return { quality: (await readQuality(world.table, [providerId])).get(providerId) ?? null }
}
