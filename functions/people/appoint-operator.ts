import { platformId } from '@skills/contract/ids.ts'
import { readMembership, writeMembership } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { personIdOf } from '@skills/http/person.ts'
import * as z from 'zod/mini'

const world = realWorld()
const roles = ['platform:operator' as const]

/** The subject that the issuer of sign-ins gave the person, and what the platform is called for them. */
const Asked = z.strictObject({
  subject: z.string().check(z.minLength(1), z.maxLength(255)),
  name: z._default(z.string().check(z.minLength(1), z.maxLength(100)), '技能培训超市'),
})

/**
 * Makes a person an operator of the platform. No route leads here: it is invoked by those who have rights in the cloud account, to make
 * the first operator. Asking twice changes nothing. Out: the person's id.
 */
export async function handler(event: unknown): Promise<{ personId: string; appointed: boolean }> {
  const { subject, name } = Asked.parse(event)
  const namespace = process.env['PERSON_NAMESPACE']
  if (!namespace) throw new Error('The environment variable PERSON_NAMESPACE is missing')
  const personId = personIdOf(namespace, subject)
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await readMembership(world, personId, platformId)
    if (before?.endedAt === null && before.roles.includes('platform:operator')) return { personId, appointed: false }
    const membership = { organizationId: platformId, organizationName: { zh: name, en: name }, roles }
    const outcome = await writeMembership(world, undefined, 'system:appoint-operator', personId, membership, before)
    if ('answer' in outcome) return { personId, appointed: true }
  }
  throw new Error('the appointment kept meeting other changes; ask again')
}
