import type { Dispute } from '@skills/contract/order.ts'

/** A dispute with the provider's name for it. */
export interface DisputeItem extends Dispute {
  disputeId: string
}

/** The disputes of an order with what an event says of one. What was won or lost stays so, whichever event comes last. Undefined: nothing is new. */
export function withDispute(disputes: readonly DisputeItem[], said: DisputeItem): DisputeItem[] | undefined {
  const before = disputes.find(({ disputeId }) => disputeId === said.disputeId)
  if (before === undefined) return [...disputes, said]
  if (before.state !== 'open' || said.state === 'open') return undefined
  return disputes.map((one) => (one === before ? { ...one, state: said.state } : one))
}
