import { Aws, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnAuthorizer, CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { ApiFunction, Route } from '@skills/contract/route.ts'
import { routes } from '@skills/contract/routes.ts'
import { acknowledge } from './acknowledgements.ts'
import { alarm, alarmPeriod } from './alarms.ts'
import { FeatureFunction } from './feature-function.ts'
import { functionKeys, functions } from './functions.ts'
import type { House } from './house.ts'

/** Every route of the contract at the gateway, its token checked there unless anyone may call, and the functions that answer. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, house: House, props: StackProps) {
    super(scope, id, props)
    const { apiId } = house.site.gateway
    const authorizer = new CfnAuthorizer(this, 'Tokens', {
      apiId,
      name: 'tokens',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      // Cognito puts the audience into tokens asked for with `resource`, and otherwise only the client.
      jwtConfiguration: { issuer: house.signIn.issuer, audience: [...new Set([house.settings.audience, house.signIn.clientId])] },
    })

    const integrations = new Map<ApiFunction, string>()
    for (const key of functionKeys) {
      if (!isApi(key)) continue
      const { lambda } = new FeatureFunction(this, key, house)
      lambda.addPermission('Gateway', {
        principal: new ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: `arn:${Aws.PARTITION}:execute-api:${this.region}:${this.account}:${apiId}/api/*`,
      })
      const integration = new CfnIntegration(this, `${key}-integration`, {
        apiId,
        integrationType: 'AWS_PROXY',
        integrationUri: lambda.functionArn,
        payloadFormatVersion: '2.0',
        timeoutInMillis: 30_000,
      })
      integrations.set(key, `integrations/${integration.ref}`)
    }

    const add = (name: string, routeKey: string, key: ApiFunction, open: boolean) => {
      const route = new CfnRoute(this, name, {
        apiId,
        routeKey,
        target: integrations.get(key) ?? '',
        ...(open
          ? { authorizationType: 'NONE' }
          : { authorizationType: 'JWT', authorizerId: authorizer.ref, authorizationScopes: [house.signIn.apiScope] }),
      })
      if (open)
        acknowledge(route, {
          'AwsSolutions-APIG4':
            'The contract says that anyone may call this route; it answers nothing that is not public, or asks for its own secret.',
        })
    }
    for (const route of Object.values<Route>(routes))
      add(route.name, `${route.method} ${route.path}`, route.function, route.who === 'anyone')
    // Unknown routes are answered by the functions too, so that they get a problem document like every other refusal.
    add('elsewhere', '$default', 'docs', true)

    alarm(this, 'ServerErrors', house.alarms, {
      harm: 'Workers and providers get errors instead of answers',
      because: `the API answered 5xx more than 10 times in ${house.settings.stage.alarmMinutes} minutes. The access log says which routes.`,
      metric: new Metric({
        namespace: 'AWS/ApiGateway',
        metricName: '5xx',
        dimensionsMap: { ApiId: apiId },
        statistic: 'Sum',
        period: alarmPeriod(house.settings),
      }),
      above: 10,
    })
    alarm(this, 'SlowClaims', house.alarms, {
      harm: 'Workers wait too long for a seat and press twice',
      because: 'one claim in a hundred took longer than 3 seconds. Look at throttling of the table and at cold starts.',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Duration',
        dimensionsMap: { FunctionName: `skills-${house.settings.stage.name}-claim-seat` },
        statistic: 'p99',
        period: alarmPeriod(house.settings),
      }),
      above: 3_000,
    })
  }
}

function isApi(key: (typeof functionKeys)[number]): key is ApiFunction {
  return functions[key].kind === 'api'
}
