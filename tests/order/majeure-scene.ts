import type { Actor } from '@skills/contract/actor.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { World } from '@skills/core/world.ts'
import { recordForceMajeure } from '@skills/functions/enrollment/record-force-majeure.ts'
import { fresh, type Held } from './payment-scene.ts'

export const operator: Actor = {
  personId: 'per_70000000000000000000000003',
  memberships: [{ organizationId: platformId, roles: ['platform:operator'] }],
}

export const evidence = { evidence: '台风红色预警，所在区停运三天', document: '琼应急〔2026〕31号' }

interface How {
  write?: 'yes'
  by?: Actor
  key?: ReturnType<typeof fresh>
  body?: typeof evidence
}

/** An operator looks at what force majeure would give back, or with `write` does it. */
export const majeure = (
  world: World,
  { personId, enrollmentId }: Pick<Held, 'personId' | 'enrollmentId'>,
  { write, by = operator, key = fresh('recordForceMajeure'), body = evidence }: How = {},
) => recordForceMajeure(world, { actor: by, command: key, params: { personId, enrollmentId }, query: { write }, body })
