import { mailBySes } from '@skills/core/notices/send-mail.ts'
import { smsBySns } from '@skills/core/notices/send-sms.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import type { World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'
import type { Channels } from './channels.ts'

/** The channels of a function: personal data by KMS, text messages by SNS, mail by SES; a lost message is an error in the log under the function's name. */
export function openChannels(world: World, name: string): Channels {
  return {
    vault: openVault({ dataKey: process.env['DATA_KEY'] ?? '', macKey: process.env['MAC_KEY'] ?? '' }),
    sendSms: smsBySns(),
    sendMail: mailBySes(process.env['MAIL_FROM']),
    publicUrl: process.env['PUBLIC_URL'] ?? '',
    lost: (channel, error) => log({ at: world.now(), level: 'error', function: name, event: `${channel}-lost`, ...errorFields(error) }),
  }
}
