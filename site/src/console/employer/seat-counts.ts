import type { GroupOrder } from '@skills/contract/employers.routes.ts'

/** Where the seats of a group order are: taken, offered, or with nobody. A lapsed or cancelled order has none to offer. */
export function seatCounts({ invitations, unassigned }: Pick<GroupOrder, 'invitations' | 'unassigned'>) {
  const inState = (state: string) => invitations.filter((one) => one.state === state).length
  return { accepted: inState('accepted'), open: inState('open'), unassigned }
}
