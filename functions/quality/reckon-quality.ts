import { atOnce } from '@skills/core/at-once.ts'
import { providerIds, reckonQuality } from '@skills/core/quality/reckon-quality.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

const atOnceMost = 6

/** Reckons the quality figures of every provider; one that cannot be read holds up no other. Out: how many were reckoned. */
export async function reckonAll(world: World): Promise<{ reckoned: number }> {
  let reckoned = 0
  let failures = 0
  for await (const ids of providerIds(world.table)) {
    const { answers, failed } = await atOnce(ids, atOnceMost, (id) => reckonQuality(world, id))
    reckoned += answers.length
    failures += failed.length
    for (const { error } of failed)
      log({ at: world.now(), level: 'error', function: 'reckon-quality', event: 'not-reckoned', ...errorFields(error) })
  }
  if (failures > 0) throw new Error(`not reckoned: ${failures} providers`)
  return { reckoned }
}

let world: World | undefined

export async function handler(): Promise<{ reckoned: number }> {
  return reckonAll((world ??= realWorld()))
}
