import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Groups, NoticeSettings, Quiet } from '@skills/contract/notices.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { settingsOf, usualSettings } from '@skills/core/notices/settings.ts'
import { readSettings, writeSettings } from '@skills/core/notices/settings.table.ts'
import { consents } from '@skills/core/people/consent.ts'
import { maskAddress } from '@skills/core/people/mail-address.ts'
import { maskMobile } from '@skills/core/people/mobile.ts'
import { open, type Vault } from '@skills/core/people/personal-data.ts'
import { profileOf } from '@skills/core/people/profile.table.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

export interface Reaching {
  world: World
  vault: Vault
  /** Whether this deployment sends mail. */
  mails: boolean
}

/** What the caller chose, and where she can be reached, masked. */
export async function getNoticeSettings(
  { world, vault, mails }: Reaching,
  { actor: { personId } }: { actor: Actor },
): Promise<NoticeSettings> {
  const [item, profileItem, sms, mail] = await readItems(world.table, [
    keys.noticeSettings.key(personId),
    keys.profile.key(personId),
    keys.consent.key(personId, 'sms'),
    keys.consent.key(personId, 'mail'),
  ])
  const settings = settingsOf(item)
  const profile = profileOf(profileItem)
  const mobile = profile?.sealed.mobile ?? null
  const address = settings?.mail ?? null
  const number =
    profile === undefined || mobile === null
      ? null
      : open(await vault.openKey(personId, profile.wrappedKey), { personId, field: 'mobile', version: profile.version }, mobile)
  const mailTo =
    address === null
      ? null
      : open(await vault.openKey(personId, address.wrappedKey), { personId, field: 'mail', version: address.sealedAt }, address.sealed)
  const pending = settings?.pending ?? null
  return {
    version: settings?.version ?? 0,
    groups: (settings ?? usualSettings).groups,
    quiet: (settings ?? usualSettings).quiet,
    sms: { agreed: consents(sms, 'sms'), maskedMobile: number === null ? null : maskMobile(number) },
    mail: {
      offered: mails,
      agreed: consents(mail, 'mail'),
      maskedAddress: mailTo === null ? null : maskAddress(mailTo),
      pendingUntil: pending !== null && pending.until > world.now() && pending.triesLeft > 0 ? pending.until : null,
    },
  }
}

interface Save {
  actor: Actor
  command: Command
  body: { version: number; groups: Groups; quiet: Quiet | null }
}

/** Saves what the caller chose, at the version she looked at. Refuses `validation-failed` (quiet hours without a length), `version-conflict`. */
export async function saveNoticeSettings(reaching: Reaching, { actor, command, body }: Save): Promise<NoticeSettings> {
  const { world } = reaching
  const { groups, quiet, version } = body
  if (quiet !== null && quiet.from === quiet.to) {
    const detail = {
      zh: '开始和结束不能相同；不需要免打扰时请关闭。',
      en: 'Beginning and end cannot be the same. Switch quiet hours off if you want none.',
    }
    throw new Refusal('validation-failed', { count: 1 }, { errors: [{ pointer: '#/quiet/to', code: 'quiet-empty', detail }] })
  }
  await untilDone(world, command, async () => {
    const before = await readSettings(world, actor.personId)
    if ((before?.version ?? 0) !== version) throw new Refusal('version-conflict')
    return writeSettings(world, command, actor.personId, { action: 'choose-notices', groups, quiet }, before, { saved: true })
  })
  return getNoticeSettings(reaching, { actor })
}
