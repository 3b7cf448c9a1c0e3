import { listMyReveals as revealsRoute } from '@skills/contract/learners.routes.ts'
import * as routes from '@skills/contract/people.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { endMembership } from './end-membership.ts'
import { exportMe } from './export-me.ts'
import { getMe } from './get-me.ts'
import { getProfile } from './get-profile.ts'
import { listConsents } from './list-consents.ts'
import { listMyReveals } from './list-my-reveals.ts'
import { listMembers } from './list-members.ts'
import { saveConsent } from './save-consent.ts'
import { saveMembership } from './save-membership.ts'

const world = realWorld()
const vault = openVault({ dataKey: process.env['DATA_KEY'] ?? '', macKey: process.env['MAC_KEY'] ?? '' })

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.getMe, (call) => getMe(world, call)),
  on(routes.getProfile, (call) => getProfile(world, vault, call)),
  // Loaded with its first call: the taxonomy that judges a profile is most of what this function brings.
  on(routes.saveProfile, async (call) => (await import('./save-profile.ts')).saveProfile(world, vault, call)),
  on(routes.exportMe, (call) => exportMe(world, vault, call)),
  on(routes.listConsents, (call) => listConsents(world, call)),
  on(routes.saveConsent, (call) => saveConsent(world, call)),
  on(revealsRoute, (call) => listMyReveals(world, call)),
  on(routes.listMembers, (call) => listMembers(world, call)),
  on(routes.saveMembership, (call) => saveMembership(world, call)),
  on(routes.endMembership, (call) => endMembership(world, call)),
])
