import { smsBySns } from '@skills/core/notices/send-sms.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import type { World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'
import type { Channels } from './tell-person.ts'

/** The channels of a function: personal data by KMS, text messages by SNS; a lost message is an error in the log under the function's name. */
export function openChannels(world: World, name: string): Channels {
  return {
    vault: openVault({ dataKey: process.env['DATA_KEY'] ?? '', macKey: process.env['MAC_KEY'] ?? '' }),
    sendSms: smsBySns(),
    smsLost: (error) => log({ at: world.now(), level: 'error', function: name, event: 'sms-lost', ...errorFields(error) }),
  }
}
