import * as routes from '@skills/contract/messages.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { getThread, listAnnouncements, listMyThreads, listProviderThreads, listRunThreads } from './read-messages.ts'
import { decideMessage, listReportedMessages, reportMessage } from './reports.ts'
import { announce, askQuestion, writeMessage } from './write-messages.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.announce, (call) => announce(world, call)),
  on(routes.listAnnouncements, (call) => listAnnouncements(world, call)),
  on(routes.askQuestion, (call) => askQuestion(world, call)),
  on(routes.listMyThreads, (call) => listMyThreads(world, call)),
  on(routes.listRunThreads, (call) => listRunThreads(world, call)),
  on(routes.listProviderThreads, (call) => listProviderThreads(world, call)),
  on(routes.getThread, (call) => getThread(world, call)),
  on(routes.writeMessage, (call) => writeMessage(world, call)),
  on(routes.reportMessage, (call) => reportMessage(world, call)),
  on(routes.listReportedMessages, (call) => listReportedMessages(world, call)),
  on(routes.decideMessage, (call) => decideMessage(world, call)),
])
