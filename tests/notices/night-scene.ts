import type { NoticeSettings, Quiet } from '@skills/contract/notices.ts'
import { keys } from '@skills/core/keys.ts'
import type { Mail } from '@skills/core/notices/send-mail.ts'
import { usualSettings } from '@skills/core/notices/settings.ts'
import { readItem } from '@skills/core/table.ts'
import type { Channels } from '@skills/functions/notices/channels.ts'
import { askMail, confirmMail, type Mailing } from '@skills/functions/notices/mail-address.ts'
import { getNoticeSettings, saveNoticeSettings } from '@skills/functions/notices/notice-settings.ts'
import { actor, profileInput, startScene, type Scene } from '../people/people-scene.ts'

/** An instant of Beijing's clock on a day of December 2026. */
export const at = (day: number, clock: string) => new Date(`2026-12-${String(day).padStart(2, '0')}T${clock}:00.000+08:00`).toISOString()

export interface NightScene extends Scene {
  channels: Channels
  mailing: Mailing
  sent: { to: string; text: string }[]
  mails: (Mail & { to: string })[]
  lost: unknown[]
  /** Somebody with text messages, and mail where asked for. */
  reached(more?: { mail?: boolean; quiet?: Quiet | null }): Promise<string>
  /** Asks for a code and gives back what was mailed. */
  code(personId: string, address?: string): Promise<string>
  settings(personId: string): Promise<NoticeSettings>
  /** What became of the messages of one channel to a person, oldest first: state and reason. */
  became(personId: string, channel: 'sms' | 'mail', event: string): Promise<Record<string, unknown> | undefined>
}

/** People who are told things at night, with carriers that only write down. */
export async function startNights(): Promise<NightScene> {
  const scene = await startScene()
  const sent: NightScene['sent'] = []
  const mails: NightScene['mails'] = []
  const lost: unknown[] = []
  const sendMail = async (to: string, mail: Mail) => void mails.push({ to, ...mail })
  const channels: Channels = {
    vault: scene.vault,
    sendSms: async (to, text) => void sent.push({ to, text }),
    sendMail,
    publicUrl: 'https://skills.example',
    lost: (_, error) => void lost.push(error),
  }
  const { world, vault } = scene
  const mailing: Mailing = { world, vault, mails: true, sendMail, secretKey: 'of-the-house', lost: (error) => void lost.push(error) }
  let people = 0
  const code: NightScene['code'] = async (personId, address = `p${people}@example.com`) => {
    await askMail(mailing, { actor: actor(personId), command: scene.command('askMail'), body: { address } })
    return /\d{6}/.exec(mails.pop()?.text ?? '')?.[0] ?? ''
  }
  return {
    ...scene,
    channels,
    mailing,
    sent,
    mails,
    lost,
    code,
    settings: (personId) => getNoticeSettings(mailing, { actor: actor(personId) }),
    async reached({ mail = false, quiet } = {}) {
      const personId = scene.person()
      people += 1
      await scene.register(personId, profileInput(people))
      await scene.consent(personId, 'sms')
      if (mail) {
        await scene.consent(personId, 'mail')
        const sentCode = await code(personId)
        await confirmMail(mailing, { actor: actor(personId), command: scene.command('confirmMail'), body: { code: sentCode } })
      }
      if (quiet !== undefined) {
        const { version } = await getNoticeSettings(mailing, { actor: actor(personId) })
        const body = { version, groups: usualSettings.groups, quiet }
        await saveNoticeSettings(mailing, { actor: actor(personId), command: scene.command('saveNoticeSettings'), body })
      }
      return personId
    },
    became: (personId, channel, event) => readItem(world.table, keys.effect.key(channel, `${event}:${personId}`)),
  }
}
