import { routes } from '@skills/contract/routes.ts'
import type { Route } from '@skills/contract/route.ts'
import { functions } from '@skills/infra/functions.ts'
import { unless, type Control } from './control.ts'
import { functionsOf, list, ofType, one, text, type Json, type Templates } from './templates.ts'

const door = (templates: Templates) =>
  one(templates, 'AWS::CloudFront::Distribution', ({ id }) => id.startsWith('Door')).Properties.DistributionConfig
const apiOrigin = (templates: Templates) => door(templates).Origins.find((origin: Json) => text(origin.DomainName).includes('execute-api'))

export const gatewayControls: Record<string, Control> = {
  'every route of the contract stands at the gateway, with a token asked for unless anyone may call': {
    check: (templates) => {
      const made = new Map(ofType(templates, 'AWS::ApiGatewayV2::Route').map((route) => [route.Properties.RouteKey, route.Properties]))
      const integration = (target: Json) =>
        one(templates, 'AWS::ApiGatewayV2::Integration', ({ id }) => id === target['Fn::Join'][1][1].Ref)
      const answers = (route: Json) =>
        one(templates, 'AWS::Lambda::Function', ({ id }) => id === integration(route.Target).Properties.IntegrationUri['Fn::GetAtt'][0])
          .Properties.FunctionName
      const wanted = [
        ...Object.values<Route>(routes).map((route) => ({
          key: `${route.method} ${route.path}`,
          open: route.who === 'anyone',
          by: route.function,
        })),
        { key: '$default', open: true, by: 'docs' },
      ]
      return [
        ...unless(made.size === wanted.length, `${made.size} routes instead of ${wanted.length}`),
        ...wanted.flatMap(({ key, open, by }) => {
          const route = made.get(key)
          if (!route) return [`${key} is missing`]
          const guarded =
            route.AuthorizationType === 'JWT' && route.AuthorizerId?.Ref !== undefined && list(route.AuthorizationScopes ?? []).length === 1
          return [
            ...unless(open ? route.AuthorizationType === 'NONE' : guarded, `${key} is ${open ? 'shut' : 'open'}`),
            ...unless(answers(route) === `skills-prod-${by}`, `${key} is answered by another`),
          ]
        }),
      ]
    },
    remove: (templates) =>
      void (one(templates, 'AWS::ApiGatewayV2::Route', (route) => route.Properties.RouteKey === 'GET /me').Properties.AuthorizationType =
        'NONE'),
  },
  'tokens are checked against one issuer and its audience': {
    check: (templates) => {
      const is = one(templates, 'AWS::ApiGatewayV2::Authorizer').Properties
      return unless(
        is.AuthorizerType === 'JWT' && text(is.JwtConfiguration.Issuer).includes('cognito-idp') && is.JwtConfiguration.Audience.length > 0,
        'tokens of anyone pass',
      )
    },
    remove: (templates) => void (one(templates, 'AWS::ApiGatewayV2::Authorizer').Properties.JwtConfiguration.Audience = []),
  },
  'the access log keeps nothing that says who it was, and the gateway is throttled': {
    check: (templates) => {
      const is = one(templates, 'AWS::ApiGatewayV2::Stage').Properties
      const format = text(is.AccessLogSettings?.Format ?? '')
      return [
        ...unless(format.includes('$context.routeKey') && format.includes('$context.status'), 'no access log'),
        ...unless(!/identity|\$context\.path|claims|userAgent|sourceIp/i.test(format), 'personal data in the access log'),
        ...unless(is.DefaultRouteSettings?.ThrottlingRateLimit > 0, 'no throttle'),
        ...unless(is.StageName === 'api', 'another name of the stage'),
      ]
    },
    remove: (templates) =>
      void (one(templates, 'AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings.Format = '{"ip":"$context.identity.sourceIp"}'),
  },
  'the API is told a secret by the edge, the functions know it, and it stands in no template': {
    check: (templates) => {
      const secret = /^\{"Fn::Join":\["",\["\{\{resolve:secretsmanager:",\{"Fn::ImportValue":"skills-prod-data:[A-Za-z0-9]*OriginSecret/
      const told = apiOrigin(templates).OriginCustomHeaders?.find((header: Json) => header.HeaderName === 'x-origin-secret')?.HeaderValue
      return [
        ...unless(secret.test(text(told ?? '')), 'the edge tells no secret'),
        ...[...functionsOf(templates)]
          .filter(([key]) => functions[key as keyof typeof functions].kind === 'api')
          .flatMap(([key, lambda]) =>
            unless(secret.test(text(lambda.Properties.Environment.Variables.ORIGIN_SECRET ?? '')), `${key} knows no secret`),
          ),
      ]
    },
    remove: (templates) => delete apiOrigin(templates).OriginCustomHeaders,
  },
}
