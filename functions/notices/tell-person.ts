import { keys } from '@skills/core/keys.ts'
import { noticeOf, smsOf, type NoticeSubject, type Occasion } from '@skills/core/notices/notice.ts'
import { takeEffect, tellOnce, type Stamp } from '@skills/core/notices/notice.table.ts'
import type { SendSms } from '@skills/core/notices/send-sms.ts'
import { consents } from '@skills/core/people/consent.ts'
import { open, type PersonKey, type Vault } from '@skills/core/people/personal-data.ts'
import { profileOf } from '@skills/core/people/profile.table.ts'
import { readItems } from '@skills/core/table.ts'
import type { World } from '@skills/core/world.ts'

export interface Channels {
  vault: Vault
  sendSms: SendSms
  /** Hears of a message that could not be sent; it is not tried again. */
  smsLost: (error: unknown) => void
}

export interface Telling {
  /** Names the event; with the person it names what is done once. */
  event: string
  stamp: Stamp
  occasion: Occasion
  subject: NoticeSubject
  /** Whether a text message that cannot be made now is still worth trying later. */
  smsMayWait: boolean
}

/**
 * Tells one person of one event: the notice once, and a text message at most once, to those who agreed to text messages. May be called
 * again after any failure; what was done is not done twice. Out: `sms-waits` when the notice is told and the keys of personal data do not
 * open now, so that the message is still owed.
 */
export async function tellPerson(world: World, channels: Channels, telling: Telling, personId: string): Promise<'told' | 'sms-waits'> {
  const event = `${telling.event}:${personId}`
  const [told, sent, consent, profileItem] = await readItems(world.table, [
    keys.effect.key('notices', event),
    keys.effect.key('sms', event),
    keys.consent.key(personId, 'sms'),
    keys.profile.key(personId),
  ])
  const { stamp, occasion, subject } = telling
  if (told === undefined) await tellOnce(world, event, personId, { ...stamp, ...noticeOf(occasion, subject) })

  if (sent !== undefined || !consents(consent, 'sms')) return 'told'
  const profile = profileOf(profileItem)
  const sealed = profile?.sealed.mobile ?? null
  if (profile === undefined || sealed === null) return 'told'
  let key: PersonKey
  try {
    key = await channels.vault.openKey(personId, profile.wrappedKey)
  } catch (error) {
    if (telling.smsMayWait) return 'sms-waits'
    if (await takeEffect(world, 'sms', event)) channels.smsLost(error)
    return 'told'
  }
  if (!(await takeEffect(world, 'sms', event))) return 'told'
  try {
    await channels.sendSms(open(key, { personId, field: 'mobile', version: profile.version }, sealed), smsOf(occasion, subject))
  } catch (error) {
    channels.smsLost(error)
  }
  return 'told'
}
