import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from '@skills/contract/actor.ts'
import type { ProfileInput } from '@skills/contract/people.routes.ts'
import { consentNotices, type PurposeName } from '@skills/core/people/consent.ts'
import { openVault, type Vault } from '@skills/core/people/personal-data.ts'
import { checkCharacter } from '@skills/core/people/resident-id.ts'
import { saveConsent } from '@skills/functions/people/save-consent.ts'
import { saveProfile } from '@skills/functions/people/save-profile.ts'
import type { Assembly } from '@skills/local/assembly.ts'
import { startDoubles } from '@skills/local/doubles.ts'
import { localAccess, startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

export const dataKey = '11111111-1111-4111-8111-111111111111'
export const macKey = '22222222-2222-4222-8222-222222222222'

/** An ID number that is valid by its check character and that nobody has: its area does not exist. */
export function idNumber(n: number, bornOn = '19900101'): string {
  const digits = `990000${bornOn}${String(n).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}
export const mobileNumber = (n: number) => `1990000${String(n).padStart(4, '0')}`

export const actor = (personId: string) => ({ personId, memberships: [] })

/** A profile as a person would type it. */
export const profileInput = (n: number, more: Partial<ProfileInput> = {}): ProfileInput => ({
  realName: '测试员',
  residentId: idNumber(n),
  mobile: mobileNumber(n),
  region: '460100',
  employmentKind: 'employee',
  ...more,
})

export interface Scene {
  world: TestWorld
  vault: Vault
  endpoint: string
  doubles: Awaited<ReturnType<typeof startDoubles>>
  person(): string
  command(route: Command['route'], id?: string, fingerprint?: string): Command
  consent(personId: string, purpose: PurposeName, given?: boolean): Promise<unknown>
  /** Consents and saves a first profile. */
  register(personId: string, input: ProfileInput): ReturnType<typeof saveProfile>
  stop(): Promise<void>
}

/** A real engine with the house's table, and KMS and SNS as one machine has them, for one test file. */
export async function startScene(): Promise<Scene> {
  const { table, endpoint, stop } = await startTable()
  const folder = mkdtempSync(join(tmpdir(), 'people-'))
  const key = (ref: string, KeySpec: string) => ({ stack: 'test', id: ref, type: 'AWS::KMS::Key', ref, properties: { KeySpec } })
  const kmsKeys = [key(dataKey, 'SYMMETRIC_DEFAULT'), key(macKey, 'HMAC_256')]
  const assembly: Assembly = {
    of: (type) => (type === 'AWS::KMS::Key' ? kmsKeys : []),
    assetFolder: (name) => name,
  }
  const doubles = await startDoubles(assembly, folder, 0)
  const world = testWorld(table)
  const vault = openVault({ dataKey, macKey }, { ...localAccess, endpoint: doubles.env['AWS_ENDPOINT_URL_KMS'] ?? '' })
  let commands = 0
  const command: Scene['command'] = (route, id = `command-${(commands += 1)}`, fingerprint = 'asked') => ({ id, fingerprint, route })
  const consent: Scene['consent'] = (personId, purpose, given = true) =>
    saveConsent(world, {
      actor: actor(personId),
      command: command('saveConsent'),
      params: { purpose },
      body: { given, noticeVersion: consentNotices[purpose].version },
    })
  return {
    world,
    vault,
    endpoint,
    doubles,
    person: () => world.id('person'),
    command,
    consent,
    async register(personId, input) {
      await consent(personId, 'identity')
      return saveProfile(world, vault, { actor: actor(personId), command: command('saveProfile'), body: input })
    },
    async stop() {
      await doubles.stop()
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}
