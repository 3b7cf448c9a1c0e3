import * as routes from '@skills/contract/notices.routes.ts'
import { mailBySes } from '@skills/core/notices/send-mail.ts'
import { openVault } from '@skills/core/people/personal-data.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { errorFields, log } from '@skills/http/log.ts'
import { countUnread, listNotices, readNotices } from './list-notices.ts'
import { askMail, confirmMail, dropMail, type Mailing } from './mail-address.ts'
import { getNoticeSettings, saveNoticeSettings } from './notice-settings.ts'

const world = realWorld()
const config = readConfig()
const vault = openVault({ dataKey: process.env['DATA_KEY'] ?? '', macKey: process.env['MAC_KEY'] ?? '' })
const sendMail = mailBySes(process.env['MAIL_FROM'])
const mailing: Mailing = {
  world,
  vault,
  sendMail,
  mails: sendMail !== undefined,
  secretKey: config.cursorSecret,
  lost: (error) => log({ at: world.now(), level: 'error', function: 'notices', event: 'mail-lost', ...errorFields(error) }),
}

export const handler = api({ config, now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.listNotices, (call) => listNotices(world, call)),
  on(routes.countUnread, (call) => countUnread(world, call)),
  on(routes.readNotices, (call) => readNotices(world, call)),
  on(routes.getNoticeSettings, (call) => getNoticeSettings(mailing, call)),
  on(routes.saveNoticeSettings, (call) => saveNoticeSettings(mailing, call)),
  on(routes.askMail, (call) => askMail(mailing, call)),
  on(routes.confirmMail, (call) => confirmMail(mailing, call)),
  on(routes.dropMail, (call) => dropMail(mailing, call)),
])
