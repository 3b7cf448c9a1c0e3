import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Consent } from '@skills/contract/people.routes.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { replayOf } from '@skills/core/command.ts'
import { keys } from '@skills/core/keys.ts'
import { consentNotices, type PurposeName } from '@skills/core/people/consent.ts'
import { writeConsent } from '@skills/core/people/consent.table.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  params: { purpose: PurposeName }
  body: { given: boolean; noticeVersion: string }
}

/** Gives or withdraws a consent. Only the current notice can be agreed to (`consent-required` names it); withdrawing is always possible. */
export async function saveConsent(world: World, { actor: { personId }, command, params: { purpose }, body }: Call): Promise<Consent> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const [before, record] = await readItems(world.table, [keys.consent.key(personId, purpose), keys.command.key(command.id)])
    if (record !== undefined) return replayOf<Consent>(command, record)
    const { version } = consentNotices[purpose]
    if (body.given && body.noticeVersion !== version) throw new Refusal('consent-required', { notice: version })
    const outcome = await writeConsent(world, command, personId, { purpose, given: body.given, version, at: world.now() }, before)
    if ('answer' in outcome) return outcome.answer
    // Another answer of this person came between: read again.
  }
  throw new Refusal('busy', {}, { retryAfterSeconds: 2 })
}
