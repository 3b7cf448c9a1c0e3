import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { readConfig } from '@skills/http/config.ts'

const world = realWorld()
const config = readConfig()

export const handler = api({ config, now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [])
