import * as routes from '@skills/contract/employers.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { answerInvitation } from './answer-invitation.ts'
import { cancelGroupOrder } from './cancel-group-order.ts'
import { createGroupOrder } from './create-group-order.ts'
import { getGroupOrder, listGroupOrders } from './group-orders.ts'
import { listMyInvitations } from './list-my-invitations.ts'
import { recordTransfer } from './record-transfer.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.listGroupOrders, (call) => listGroupOrders(world, call)),
  on(routes.createGroupOrder, (call) => createGroupOrder(world, call)),
  on(routes.getGroupOrder, (call) => getGroupOrder(world, call)),
  on(routes.cancelGroupOrder, (call) => cancelGroupOrder(world, call)),
  on(routes.recordTransfer, (call) => recordTransfer(world, call)),
  on(routes.withdrawInvitation, (call) => withdrawInvitation(world, call)),
  on(routes.listMyInvitations, (call) => listMyInvitations(world, call)),
  on(routes.answerInvitation, (call) => answerInvitation(world, call)),
])
