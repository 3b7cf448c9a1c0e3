import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Command } from '@skills/contract/actor.ts'
import type { EntryCondition, Run } from '@skills/contract/catalog.ts'
import { instantOf } from '@skills/contract/time.ts'
import { auditStep } from '@skills/core/audit.ts'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { issueSteps } from '@skills/core/enrollment/seats.table.ts'
import { shardCount } from '@skills/core/enrollment/seats.ts'
import { keys } from '@skills/core/keys.ts'
import { identityNoticeVersion } from '@skills/core/people/consent.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

/** A command as http would make it. */
export function command(id: string, fingerprint = 'asked', route: Command['route'] = 'claimSeat'): Command {
  return { id, fingerprint, route }
}

/** Signs quoted prices in tests. */
export const quoteSecret = 'signs quoted prices in tests'

export const actor = (personId: string) => ({ personId, memberships: [] })

interface RunWishes {
  capacity?: number
  state?: Run['state']
  date?: string
  from?: string
  to?: string
  priceFen?: number
  conditions?: EntryCondition[]
  opensAt?: string
  closesAt?: string
}

/** Writes a course with one run on one day, as the catalog would; gives the run. */
export async function makeRun(world: World, wishes: RunWishes = {}): Promise<RunItem> {
  const date = wishes.date ?? '2026-12-20'
  const providerId = world.id('provider')
  const courseId = world.id('course')
  const run: Run = {
    id: world.id('run'),
    code: 'R1',
    courseId,
    providerId,
    name: { zh: '第一期', en: 'First run' },
    state: wishes.state ?? 'registration-open',
    opensAt: wishes.opensAt ?? instantOf('2026-11-20', '09:00'),
    closesAt: wishes.closesAt ?? instantOf('2026-12-15', '18:00'),
    capacity: wishes.capacity ?? 30,
    priceFen: wishes.priceFen ?? 0,
    cancelUntilMinutes: 24 * 60,
    region: '460100',
    venueId: null,
    meetings: [
      {
        id: world.id('meeting'),
        startsAt: instantOf(date, wishes.from ?? '18:30'),
        endsAt: instantOf(date, wishes.to ?? '20:30'),
        kind: 'classroom',
        venueId: null,
        room: null,
      },
    ],
  }
  const text = { zh: '低压电工作业', en: 'Low-voltage electrical work' }
  const course = {
    id: courseId,
    code: 'C1',
    providerId,
    title: text,
    summary: text,
    outcomes: [],
    audience: text,
    industry: 'modern-services',
    trade: null,
    level: null,
    family: 'training-completion',
    delivery: 'classroom',
    languages: ['zh'],
    theoryHours: 2,
    practiceHours: 0,
    feeFen: 0,
    conditions: wishes.conditions ?? [],
    images: [],
    state: 'published',
  }
  const at = world.now()
  const runAudit = auditStep({ entity: run.id, action: 'create', by: 'system:test', at }, undefined)
  const courseAudit = auditStep({ entity: courseId, action: 'create', by: 'system:test', at }, undefined)
  const shards = shardCount(run.capacity)
  const item: RunItem = {
    run,
    shards,
    title: text,
    providerName: { zh: '海口示范培训学校', en: 'Haikou Model School' },
    venue: null,
    conditions: wishes.conditions ?? [],
    family: 'training-completion',
    trade: null,
    level: null,
    ...runAudit.history,
  }
  const outcome = await transact(
    world,
    undefined,
    [
      { name: 'run', put: { item: { ...keys.run.key(run.id), ...item } } },
      { name: 'course', put: { item: { ...keys.course.key(courseId), course, ...courseAudit.history } } },
      { name: 'pointer', put: { item: { ...keys.runOfCourse.key(courseId, run.id) } } },
      ...issueSteps(world, run.id, run.capacity, shards, runAudit.history.version),
      runAudit.step,
      { ...courseAudit.step, name: 'course audit' },
    ],
    true,
  )
  if (!('answer' in outcome)) throw new Error(outcome.failed)
  return item
}

/** People with a complete profile and the identity consent, written straight into the table: forty to a transaction. */
export async function makePeople(
  world: World,
  count: number,
  facts: Record<string, unknown> = {},
  ids = Array.from({ length: count }, () => world.id('person')),
): Promise<string[]> {
  for (let start = 0; start < ids.length; start += 30) {
    await world.table.client.send(
      new TransactWriteCommand({
        TransactItems: ids.slice(start, start + 30).flatMap((personId) => {
          const audit = auditStep({ entity: personId, action: 'save-profile', by: personId, at: world.now() }, undefined)
          const profile = {
            ...keys.profile.key(personId),
            personId,
            bornOn: '1990-05-01',
            region: '460100',
            employmentKind: 'employee',
            education: 'senior-middle',
            certificates: [],
            maskedName: '测*',
            missing: [],
            ...facts,
            ...audit.history,
          }
          const consent = {
            ...keys.consent.key(personId, 'identity'),
            purpose: 'identity',
            given: true,
            version: identityNoticeVersion,
            at: world.now(),
          }
          const items = [profile, consent, audit.step.put?.item ?? {}]
          return items.map((Item) => ({ Put: { TableName: world.table.name, Item } }))
        }),
      }),
    )
  }
  return ids
}
