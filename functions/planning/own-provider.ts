import type { Actor } from '@skills/contract/actor.ts'
import type { Provider } from '@skills/contract/catalog.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Role } from '@skills/contract/route.ts'
import type { CourseItem } from '@skills/core/catalog/course.table.ts'
import { readCourse } from '@skills/core/catalog/course.table.ts'
import { readRun } from '@skills/core/catalog/run.table.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { keys } from '@skills/core/keys.ts'
import { mayAct } from '@skills/core/people/may-act.ts'
import { readItem } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

/** Who plans, and who may look at plans. */
export const planners = ['provider:manager'] as const satisfies readonly Role[]
const lookers = ['provider:manager', 'provider:registrar'] as const satisfies readonly Role[]

/** A provider that the caller may act for; for everybody else there is none. Refuses `not-found`. */
export async function ownProvider(world: World, actor: Actor, providerId: string, roles: readonly Role[] = lookers): Promise<Provider> {
  const provider = mayAct(actor, providerId, roles)
    ? ((await readItem(world.table, keys.provider.key(providerId)))?.['provider'] as Provider | undefined)
    : undefined
  if (provider === undefined) throw new Refusal('not-found')
  return provider
}

/** A course of a provider that the caller may act for. Refuses `not-found`. */
export async function ownCourse(world: World, actor: Actor, courseId: string, roles: readonly Role[] = lookers): Promise<CourseItem> {
  const item = await readCourse(world.table, courseId)
  if (item === undefined || !mayAct(actor, item.course.providerId, roles)) throw new Refusal('not-found')
  return item
}

/** A run of a provider that the caller may act for. Refuses `not-found`. */
export async function ownRun(world: World, actor: Actor, runId: string, roles: readonly Role[] = lookers): Promise<RunItem> {
  const item = await readRun(world.table, runId)
  if (item === undefined || !mayAct(actor, item.run.providerId, roles)) throw new Refusal('not-found')
  return item
}
