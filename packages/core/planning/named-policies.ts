import type { RefundPolicy } from '@skills/contract/order.ts'
import type { PolicyName } from '@skills/contract/planning.ts'
import { isDeepStrictEqual as same } from 'node:util'

/**
 * What a provider can promise who leaves early, by name. None gives back less than the policy of the house; `standard` is left out of the run, which then follows the house's
 * (`order/refund-policy.ts`). Orders keep the version they were made with, so a change here is a new version and never a changed one.
 */
export const namedPolicies: Readonly<Record<PolicyName, RefundPolicy | undefined>> = {
  standard: undefined,
  generous: {
    version: 'generous-1',
    bands: [
      { workingDays: 3, percent: 100 },
      { workingDays: 1, percent: 50 },
    ],
  },
  'until-start': { version: 'until-start-1', bands: [{ workingDays: 0, percent: 100 }] },
}

/** The name of a run's policy; null for one that was imported with bands of its own. */
export function policyName(policy: RefundPolicy | undefined): PolicyName | null {
  return (Object.keys(namedPolicies) as PolicyName[]).find((name) => same(namedPolicies[name], policy)) ?? null
}
