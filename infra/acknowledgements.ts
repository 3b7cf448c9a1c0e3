import { Stack, Validations } from 'aws-cdk-lib'
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js'
import type { IConstruct } from 'constructs'

/** Says why findings of cdk-nag on this construct (and what it holds) are as they should be: rule, or rule and finding, to reason. */
export function acknowledge(construct: IConstruct, reasons: Record<string, string>): void {
  for (const [id, reason] of Object.entries(reasons)) Validations.of(construct).acknowledge({ id, reason })
}

/** Says why resources of a policy contain a star: the resource as the policy spells it, to reason. cdk-nag names such a finding by the spelled-out resource. */
export function acknowledgeWildcards(construct: IConstruct, reasons: Record<string, string>): void {
  for (const [resource, reason] of Object.entries(reasons)) {
    const spelled = flattenCfnReference(Stack.of(construct).resolve(resource))
    Validations.of(construct).acknowledge({ id: `AwsSolutions-IAM5[Resource::${spelled}]`, reason })
  }
}
