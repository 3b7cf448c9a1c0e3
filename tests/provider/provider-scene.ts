import type { Actor } from '@skills/contract/actor.ts'
import type { Application, ApplicationFacts } from '@skills/contract/applications.ts'
import { platformId } from '@skills/contract/ids.ts'
import type { FileKind } from '@skills/contract/files.ts'
import { askedFile } from '@skills/core/files/file.ts'
import { readFile, writeFile } from '@skills/core/files/file.table.ts'
import { usccCheck } from '@skills/core/order/uscc.ts'
import { rulesOn } from '@skills/core/provider/rule-texts.ts'
import type { World } from '@skills/core/world.ts'
import { openApplication, saveApplication, submitApplication } from '@skills/functions/provider/apply.ts'
import { decideApplication } from '@skills/functions/provider/review.ts'
import { command } from '../enrollment/claim-scene.ts'

let said = 0
/** A command that no other of this run is. */
export const fresh = () => command(`provider-${(said += 1)}`, 'asked', 'saveApplication')

export const person = (world: World): Actor => ({ personId: world.id('person'), memberships: [] })
export const operatorOf = (world: World): Actor => ({
  personId: world.id('person'),
  memberships: [{ organizationId: platformId, roles: ['platform:operator'] }],
})

let firms = 0
/** A code whose check character is right and that no firm has. */
export function newUscc(): string {
  const first = `91990001MA${String((firms += 1)).padStart(7, '0')}`
  return first + usccCheck(first)
}

/** A file of a person as it stands after its inspection. */
export async function accepted(world: World, personId: string, kind: FileKind): Promise<string> {
  const asked = askedFile(world.id('file'), { kind, type: 'image/png', bytes: 1000, name: 'a.png' }, world.now())
  await writeFile(world, undefined, { before: undefined, personId, file: asked, action: 'ask', by: personId })
  const before = await readFile(world.table, personId, asked.id)
  const file = { ...asked, state: 'accepted' as const, until: null, width: 300, height: 300 }
  await writeFile(world, undefined, { before, personId, file, action: 'accept', by: personId })
  return file.id
}

const two = (text: string) => ({ zh: text, en: text })

/** Facts that lack nothing. */
export async function wholeFacts(world: World, personId: string, more: Partial<ApplicationFacts> = {}): Promise<ApplicationFacts> {
  const [licence, proof, photo, fire] = await Promise.all([
    accepted(world, personId, 'licence'),
    accepted(world, personId, 'scope-proof'),
    accepted(world, personId, 'venue-photo'),
    accepted(world, personId, 'fire-safety'),
  ])
  return {
    name: two(`示例夜校${(firms += 1)}`),
    about: two('面向职工的夜校'),
    region: '460100',
    uscc: newUscc(),
    legalPerson: '测试法人',
    licence: { fileId: licence, until: '2027-03-01' },
    scope: [
      { trade: 'low-voltage-electrician', fileId: proof, until: '2027-06-30' },
      { trade: 'barista', fileId: proof, until: null },
    ],
    venues: [
      {
        name: two('主校区'),
        address: two(`示例路${firms}号`),
        region: '460100',
        rooms: [
          { name: '101', capacity: 40, equipment: ['投影'] },
          { name: '实训室', capacity: 20, equipment: ['配电柜'] },
        ],
        photos: [photo],
        fireSafety: { fileId: fire, until: '2028-01-31' },
      },
    ],
    commitments: rulesOn([], world.now()).current.map(({ id }) => id),
    ...more,
  }
}

/** An application that was submitted whole. */
export async function submitted(world: World, actor: Actor, more: Partial<ApplicationFacts> = {}): Promise<Application> {
  const { application } = await openApplication(world, { actor, command: fresh(), body: {} })
  const params = { applicationId: application.id }
  const facts = await wholeFacts(world, actor.personId, more)
  const saved = await saveApplication(world, { actor, command: fresh(), params, body: { version: application.version, facts } })
  const done = await submitApplication(world, { actor, command: fresh(), params, body: { version: saved.application.version } })
  return done.application
}

export const decide = (
  world: World,
  actor: Actor,
  { id, version }: Application,
  to: 'approved' | 'more-asked' | 'refused',
  reason = '材料齐全',
) => decideApplication(world, { actor, command: fresh(), params: { applicationId: id }, body: { to, reason, version } })
