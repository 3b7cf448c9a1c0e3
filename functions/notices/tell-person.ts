import { keys } from '@skills/core/keys.ts'
import { noticeOf, smsOf, type NoticeSubject, type Occasion } from '@skills/core/notices/notice.ts'
import { takeEffect, tellOnce } from '@skills/core/notices/notice.table.ts'
import type { SendSms } from '@skills/core/notices/send-sms.ts'
import { consents } from '@skills/core/people/consent.ts'
import { open, type Vault } from '@skills/core/people/personal-data.ts'
import { profileOf } from '@skills/core/people/profile.table.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

export interface Channels {
  vault: Vault
  sendSms: SendSms
  /** Hears of a message that could not be sent; it is not tried again. */
  smsLost: (error: unknown) => void
}

/**
 * Tells one person of one event: the notice once, and a text message at most once, to those who agreed to text messages. `event` names
 * event and person. May be called again after any failure; what was done is not done twice.
 */
export async function tellPerson(
  world: World,
  channels: Channels,
  event: string,
  personId: string,
  occasion: Occasion,
  subject: NoticeSubject,
): Promise<void> {
  const [told, sent, consent, profileItem] = await readItems(world.table, [
    keys.effect.key('notices', event),
    keys.effect.key('sms', event),
    keys.consent.key(personId, 'sms'),
    keys.profile.key(personId),
  ])
  if (told === undefined) await tellOnce(world, event, personId, noticeOf(occasion, subject))

  if (sent !== undefined || !consents(consent, 'sms')) return
  const profile = profileOf(profileItem)
  const sealed = profile?.sealed.mobile ?? null
  if (profile === undefined || sealed === null) return
  const key = await channels.vault.openKey(personId, profile.wrappedKey)
  if (!(await takeEffect(world, 'sms', event))) return
  try {
    await channels.sendSms(open(key, { personId, field: 'mobile', version: profile.version }, sealed), smsOf(occasion, subject))
  } catch (error) {
    channels.smsLost(error)
  }
}
