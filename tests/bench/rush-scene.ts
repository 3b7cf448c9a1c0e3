import type { RunItem } from '@skills/core/catalog/run-item.ts'
import type { Table } from '@skills/core/table.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { personIdOf } from '@skills/http/person.ts'
import { instantOf } from '@skills/contract/time.ts'
import { makePeople, makeRun } from '../enrollment/claim-scene.ts'
import { startStack, type Stack } from '../stack.ts'

export interface Rush {
  stack: Stack
  world: World
  run: RunItem
  /** An access token per worker. */
  tokens: string[]
  people: string[]
}

/** The real world over a test table. */
export function worldOver(table: Table): World {
  return { ...realWorld(), table }
}

/** A fresh stack with one open run of so many seats and so many workers who may claim. */
export async function setRush(seats: number, workers: number): Promise<Rush> {
  const stack = await startStack()
  const world = worldOver(stack.table)
  const namespace = stack.cloud.functions.byKey('claim-seat').config.env['PERSON_NAMESPACE'] ?? ''
  const subjects = Array.from({ length: workers }, (_, index) => `bench-worker-${index}`)
  const people = subjects.map((subject) => personIdOf(namespace, subject))
  await makePeople(world, workers, {}, people)
  const soon = new Date(Date.parse(world.now()) + 30 * 86_400_000).toISOString()
  const run = await makeRun(world, {
    capacity: seats,
    date: soon.slice(0, 10),
    opensAt: instantOf('2026-01-01', '00:00'),
    closesAt: soon,
  })
  return { stack, world, run, people, tokens: subjects.map((subject) => stack.cloud.tokenFor(subject)) }
}

/** The load plan of a rush: every worker once (or `copies` times, with the same key), through the gateway. */
export function rushPlan({ stack, run, tokens }: Rush, copies = 1) {
  const { cloud } = stack
  return {
    url: `${cloud.urls.gateway}/runs/${run.run.id}/enrollments`,
    inFlight: 200,
    headers: { 'content-type': 'application/json', 'x-origin-secret': cloud.originSecret },
    requests: tokens.flatMap((token, index) =>
      Array.from({ length: copies }, () => ({
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': `rush-worker-${String(index).padStart(8, '0')}` },
      })),
    ),
    body: '{}',
  }
}
