import { atOnce } from '@skills/core/at-once.ts'
import { providersLongestWaiting, reckonQuality } from '@skills/core/quality/reckon-quality.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

const atOnceMost = 6

/** No provider is begun after that long: the call must end well inside the function's time, and the next begins with those that are left. */
const mostMs = 12 * 60_000

/** Reckons the quality figures of every provider, who waits longest first; one that cannot be read holds up no other. Out: how many were reckoned. Throws where any is left, so that it is called again. */
export async function reckonAll(world: World): Promise<{ reckoned: number }> {
  const started = world.tick()
  const ids = await providersLongestWaiting(world.table)
  let left = 0
  const { answers, failed } = await atOnce(ids, atOnceMost, async (id) => {
    if (world.tick() - started > mostMs) left += 1
    else await reckonQuality(world, id)
  })
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'reckon-quality', event: 'not-reckoned', ...errorFields(error) })
  if (failed.length > 0 || left > 0) throw new Error(`not reckoned: ${failed.length} providers failed, ${left} are left`)
  return { reckoned: answers.length }
}

let world: World | undefined

export async function handler(): Promise<{ reckoned: number }> {
  return reckonAll((world ??= realWorld()))
}
