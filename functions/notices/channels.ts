import type { Channel } from '@skills/contract/notices.ts'
import { consents } from '@skills/core/people/consent.ts'
import { open, type PersonKey, type Vault } from '@skills/core/people/personal-data.ts'
import { profileOf } from '@skills/core/people/profile.table.ts'
import { settingsOf, wants } from '@skills/core/notices/settings.ts'
import { groupOf } from '@skills/core/notices/group.ts'
import { mailOf, smsOf, type NoticeSubject, type Occasion } from '@skills/core/notices/notice.ts'
import type { SendMail } from '@skills/core/notices/send-mail.ts'
import type { SendSms } from '@skills/core/notices/send-sms.ts'
import type { Item } from '@skills/core/table.ts'

export interface Channels {
  vault: Vault
  sendSms: SendSms
  /** Left out where the deployment sends no mail. */
  sendMail?: SendMail | undefined
  /** Where links in mails lead. */
  publicUrl?: string
  /** Hears of a message that could not be sent, or of which nobody knows; it is not tried again. */
  lost: (channel: Channel, error: unknown) => void
}

/** What is read of a person before a message goes to her, in the order of `keys`. */
export interface Reader {
  personId: string
  settings: Item | undefined
  profile: Item | undefined
  consent: Record<Channel, Item | undefined>
}

/** A way to one person by one channel; undefined where she does not want it, did not agree to it, or there is no number or address. */
export interface Way {
  /** Opens the keys of her personal data; may fail for now. */
  openKey: (vault: Vault) => Promise<PersonKey>
  /** Hands the message to the carrier. */
  send: (channels: Channels, key: PersonKey, occasion: Occasion, subject: NoticeSubject) => Promise<void>
}

/** The way of a message to a person, by what stands now. */
export function wayTo(
  channels: Channels,
  { personId, settings: item, profile: profileItem, consent }: Reader,
  channel: Channel,
  occasion: Occasion,
): Way | undefined {
  const settings = settingsOf(item)
  if (!consents(consent[channel], channel) || !wants(settings, groupOf[occasion], channel)) return undefined
  if (channel === 'mail') {
    const address = settings?.mail ?? null
    if (address === null || channels.sendMail === undefined) return undefined
    return {
      openKey: (vault) => vault.openKey(personId, address.wrappedKey),
      send: async ({ sendMail, publicUrl = '' }, key, of, subject) =>
        sendMail?.(open(key, { personId, field: 'mail', version: address.sealedAt }, address.sealed), mailOf(of, subject, publicUrl)),
    }
  }
  const profile = profileOf(profileItem)
  const sealed = profile?.sealed.mobile ?? null
  if (profile === undefined || sealed === null) return undefined
  return {
    openKey: (vault) => vault.openKey(personId, profile.wrappedKey),
    send: ({ sendSms }, key, of, subject) =>
      sendSms(open(key, { personId, field: 'mobile', version: profile.version }, sealed), smsOf(of, subject)),
  }
}
