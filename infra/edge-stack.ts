import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import type { Settings } from './settings.ts'

/** WAF for CloudFront exists in this region only, wherever the rest of the house stands. */
const region = 'us-east-1'

/**
 * Uploads and the payment provider's events: bodies that rules made for forms take for attacks, or find too large. Each of these routes asks for a role's token or a
 * signature, and the functions limit the size.
 */
const bodies: readonly [string, 'EXACTLY' | 'ENDS_WITH'][] = [
  ['/api/catalog/imports', 'EXACTLY'],
  ['/api/webhooks/stripe', 'EXACTLY'],
  ['/rosters', 'ENDS_WITH'],
  ['/nominations', 'ENDS_WITH'],
]

const metric = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName })

const managed = (name: string, priority: number, scopeDownStatement?: CfnWebACL.StatementProperty): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ...(scopeDownStatement && { scopeDownStatement }) } },
  visibilityConfig: metric(name),
})

const notBodies: CfnWebACL.StatementProperty = {
  notStatement: {
    statement: {
      orStatement: {
        statements: bodies.map(([searchString, positionalConstraint]) => ({
          byteMatchStatement: {
            fieldToMatch: { uriPath: {} },
            positionalConstraint,
            searchString,
            textTransformations: [{ priority: 0, type: 'NONE' }],
          },
        })),
      },
    },
  },
}

/** The guard in front of CloudFront: known attacks and floods from one address. Sampling is off: samples would keep tokens and names. */
export class EdgeStack extends Stack {
  private readonly arnOutput: CfnOutput

  constructor(scope: Construct, id: string, settings: Settings, props: StackProps) {
    super(scope, id, { ...props, env: { region } })
    const acl = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: metric(`skills-${settings.stage.name}`),
      rules: [
        {
          name: 'one-address-too-often',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429, responseHeaders: [{ name: 'retry-after', value: '60' }] } } },
          statement: {
            rateBasedStatement: { aggregateKeyType: 'IP', limit: settings.stage.wafRequestsPerAddress, evaluationWindowSec: 300 },
          },
          visibilityConfig: metric('one-address-too-often'),
        },
        managed('AWSManagedRulesCommonRuleSet', 1, notBodies),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
        managed('AWSManagedRulesAmazonIpReputationList', 3),
      ],
    })
    this.arnOutput = new CfnOutput(this, 'WebAclArn', { value: acl.attrArn })
  }

  /** The ARN as another region's stack may use it, without knowing account or region when the template is made. */
  get webAclArn(): string {
    return Fn.getStackOutput(this.stackName, this.arnOutput.logicalId, region)
  }
}
