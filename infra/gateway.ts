import { ArnFormat, Stack } from 'aws-cdk-lib'
import { CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { Settings } from './settings.ts'

/** What is kept of each request: nothing that says who it was. The route's pattern stands for the path, which may hold a calendar's secret. */
const accessLog = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  bytes: '$context.responseLength',
  authorizer: '$context.authorizer.error',
  integration: '$context.integrationErrorMessage',
})

/** The HTTP API and its one stage, named `api` so that the public path needs no rewriting. The API stack hangs its routes here. */
export class Gateway extends Construct {
  readonly apiId: string
  readonly domainName: string

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id)
    const { stage } = settings
    const api = new CfnApi(this, 'Api', { name: `skills-${stage.name}`, protocolType: 'HTTP', description: 'Skills Supermarket' })
    const logGroupName = `/aws/vendedlogs/skills-${stage.name}/api-access`
    const log = new LogGroup(this, 'AccessLog', { logGroupName, retention: stage.logRetention, removalPolicy: stage.removal })
    const made = new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: 'api',
      autoDeploy: true,
      accessLogSettings: {
        destinationArn: Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
        format: accessLog,
      },
      defaultRouteSettings: {
        throttlingRateLimit: stage.throttle.rate,
        throttlingBurstLimit: stage.throttle.burst,
        detailedMetricsEnabled: true,
      },
    })
    made.node.addDependency(log)
    const { region, urlSuffix } = Stack.of(this)
    this.apiId = api.ref
    this.domainName = `${api.ref}.execute-api.${region}.${urlSuffix}`
  }
}
