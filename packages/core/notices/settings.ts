import { noticeGroups, usualQuiet, type Channel, type Groups, type NoticeGroup, type Quiet } from '@skills/contract/notices.ts'
import type { History } from '../audit.ts'
import type { Sealed, WrappedKey } from '../people/personal-data.ts'

/** A mail address as it is kept: sealed at a version of the settings, under a key of its own. */
export interface SealedAddress {
  sealed: Sealed
  wrappedKey: WrappedKey
  sealedAt: number
}

/** An address whose owner has not shown yet that she reads its mail. */
export interface PendingAddress extends SealedAddress {
  /** The keyed hash of the code that was mailed. */
  digest: string
  until: string
  triesLeft: number
}

/** What a person chose about notices, as the table holds it. */
export interface SettingsItem extends History {
  personId: string
  entity: string
  groups: Groups
  quiet: Quiet | null
  mail: SealedAddress | null
  pending: PendingAddress | null
}

/** The name of the settings' audit chain. */
export const settingsEntity = (personId: string) => `${personId}/NOTICE-SETTINGS`

/** What holds for somebody who never chose: everything by every channel she agreed to, quiet at night. */
export const usualSettings = {
  groups: Object.fromEntries(noticeGroups.map((group) => [group, { sms: true, mail: true }])) as Groups,
  quiet: usualQuiet as Quiet | null,
}

/** Reads settings out of their item. */
export function settingsOf(item: object | undefined): SettingsItem | undefined {
  return item as SettingsItem | undefined
}

/** Whether a person wants a group by a channel; the consent to the channel is asked beside this. */
export function wants(settings: SettingsItem | undefined, group: NoticeGroup, channel: Channel): boolean {
  return (settings ?? usualSettings).groups[group][channel]
}

/** The quiet hours that hold for a person. */
export function quietOf(settings: SettingsItem | undefined): Quiet | null {
  return settings === undefined ? usualSettings.quiet : settings.quiet
}
