import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import { conductCheck, readConduct } from './conduct.table.ts'
import { mustBeFree } from './conduct.ts'

/** The steps by which publishing or opening a registration stands on the provider being under no sanction that bars it. Refuses `provider-sanctioned`. */
export async function freeToPublish(world: World, providerId: string): Promise<Step[]> {
  const conduct = await readConduct(world.table, providerId)
  mustBeFree(conduct, world.now())
  return [conductCheck(providerId, conduct)]
}
