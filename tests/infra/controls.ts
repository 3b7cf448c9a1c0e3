import { routes } from '@skills/contract/routes.ts'
import type { Route } from '@skills/contract/route.ts'
import { indexes } from '@skills/core/keys.ts'
import { functionKeys, functions } from '@skills/infra/functions.ts'
import { permissions } from '@skills/infra/permissions.ts'
import { functionsOf, list, ofType, statementsOf, text, type Json, type Resource, type Templates } from './templates.ts'

/** A property the deployed house must have: `check` answers what is wrong, `remove` takes the property away so that the check must speak. */
export interface Control {
  check(templates: Templates): string[]
  remove(templates: Templates): void
}

const one = (templates: Templates, type: string, where: (resource: Resource) => boolean = () => true): Resource => {
  const found = ofType(templates, type).find(where)
  if (!found) throw new Error(`no ${type}`)
  return found
}
const table = (templates: Templates) => one(templates, 'AWS::DynamoDB::GlobalTable')
const door = (templates: Templates) =>
  one(templates, 'AWS::CloudFront::Distribution', ({ id }) => id.startsWith('Door')).Properties.DistributionConfig
const pages = (templates: Templates) =>
  one(templates, 'AWS::CloudFront::Distribution', ({ id }) => id.startsWith('Pages')).Properties.DistributionConfig
const headers = (templates: Templates, id: string) =>
  one(templates, 'AWS::CloudFront::ResponseHeadersPolicy', (policy) => policy.id.includes(id)).Properties.ResponseHeadersPolicyConfig
const apiOrigin = (templates: Templates) => door(templates).Origins.find((origin: Json) => text(origin.DomainName).includes('execute-api'))
const unless = (good: unknown, complaint: string): string[] => (good ? [] : [complaint])

export const controls: Record<string, Control> = {
  'the table can be restored to any moment of the last 35 days': {
    check: (templates) => {
      const recovery = table(templates).Properties.Replicas[0].PointInTimeRecoverySpecification
      return unless(recovery?.PointInTimeRecoveryEnabled === true && recovery.RecoveryPeriodInDays === 35, 'no point-in-time recovery')
    },
    remove: (templates) => delete table(templates).Properties.Replicas[0].PointInTimeRecoverySpecification,
  },
  'the table cannot be deleted by accident': {
    check: (templates) => unless(table(templates).Properties.Replicas[0].DeletionProtectionEnabled === true, 'no deletion protection'),
    remove: (templates) => void (table(templates).Properties.Replicas[0].DeletionProtectionEnabled = false),
  },
  'what holds data, keys and accounts outlives its stack': {
    check: (templates) =>
      [
        'AWS::DynamoDB::GlobalTable',
        'AWS::KMS::Key',
        'AWS::SecretsManager::Secret',
        'AWS::Cognito::UserPool',
        'AWS::S3::Bucket',
        'AWS::SQS::Queue',
        'AWS::Logs::LogGroup',
      ].flatMap((type) => {
        const found = ofType(templates, type)
        return [
          ...unless(found.length > 0, `no ${type}`),
          ...found.filter((kept) => kept.DeletionPolicy !== 'Retain').map(({ id }) => `${id} is deleted`),
        ]
      }),
    remove: (templates) => void (one(templates, 'AWS::KMS::Key').DeletionPolicy = 'Delete'),
  },
  'the table has the indexes, stream and expiry the code counts on': {
    check: (templates) => {
      const { Properties } = table(templates)
      const made = Properties.GlobalSecondaryIndexes.map((index: Json) =>
        [index.IndexName, ...index.KeySchema.map((key: Json) => key.AttributeName)].join(),
      )
      const asked = Object.values(indexes).map((index) => [index.name, index.pk, index.sk].join())
      return [
        ...unless(text(made.toSorted()) === text(asked.toSorted()), `indexes are ${made.join(' ')}`),
        ...unless(Properties.StreamSpecification.StreamViewType === 'NEW_AND_OLD_IMAGES', 'no stream of both images'),
        ...unless(Properties.TimeToLiveSpecification.AttributeName === 'expiresAt', 'no expiry'),
      ]
    },
    remove: (templates) => void (table(templates).Properties.GlobalSecondaryIndexes[0].IndexName = 'by-run'),
  },
  'every function is as its table says: ARM, Node 24, memory, time limit, JSON logs that end, traces, source maps': {
    check: (templates) => {
      const made = functionsOf(templates)
      return functionKeys.flatMap((key) => {
        const lambda = made.get(key)
        if (!lambda) return [`${key} is missing`]
        const { Properties: is } = lambda
        const log = ofType(templates, 'AWS::Logs::LogGroup').find(
          (group) => group.id === is.LoggingConfig?.LogGroup?.Ref && group.stack === lambda.stack,
        )
        return [
          ...unless(text(is.Architectures) === '["arm64"]' && is.Runtime === 'nodejs24.x', `${key} runs elsewhere`),
          ...unless(is.MemorySize === functions[key].memoryMb && is.Timeout === functions[key].timeoutSeconds, `${key} has other limits`),
          ...unless(is.LoggingConfig?.LogFormat === 'JSON' && log?.Properties.RetentionInDays === 180, `${key} logs without end or form`),
          ...unless(is.TracingConfig?.Mode === 'Active', `${key} leaves no traces`),
          ...unless(is.Environment.Variables.NODE_OPTIONS === '--enable-source-maps', `${key} ignores source maps`),
        ]
      })
    },
    remove: (templates) => void (functionsOf(templates).get('people')!.Properties.Architectures = ['x86_64']),
  },
  'every log ends': {
    check: (templates) =>
      ofType(templates, 'AWS::Logs::LogGroup')
        .filter((log) => log.Properties.RetentionInDays === undefined)
        .map(({ id }) => `${id} is kept for ever`),
    remove: (templates) => delete one(templates, 'AWS::Logs::LogGroup').Properties.RetentionInDays,
  },
  'a function may do what permissions.ts says on the table, and no more': {
    check: (templates) =>
      [...functionsOf(templates)].flatMap(([key, lambda]) => {
        const may = permissions[key as keyof typeof permissions]
        const onTable = statementsOf(templates, lambda)
          .filter((statement) => text(statement.Resource).includes('Table') && !/stream|\/index\//i.test(text(statement.Resource)))
          .flatMap((statement) => list(statement.Action))
        const asked = (may.table ?? []).map((action) => `dynamodb:${action}`)
        return unless(text(onTable.toSorted()) === text(asked.toSorted()), `${key} may ${onTable.join(', ')}`)
      }),
    remove: (templates) =>
      statementsOf(templates, functionsOf(templates).get('claim-seat')!)
        .find((statement) => list(statement.Action).includes('dynamodb:PutItem'))
        .Action.push('dynamodb:DeleteItem'),
  },
  'no function has a wildcard beyond traces, its own log streams and its part of the site': {
    check: (templates) =>
      [...functionsOf(templates)].flatMap(([key, lambda]) =>
        statementsOf(templates, lambda).flatMap((statement) => {
          const actions = list(statement.Action)
          const traces = actions.every((action) => action.startsWith('xray:Put'))
          // Phone numbers are no resources: what is named here is everything that is *not* allowed.
          const texts =
            key === 'dispatch-outbox' && text(actions) === '["sns:Publish"]' && text(statement.NotResource).endsWith(':sns:*:*:*"]]}')
          return [
            ...actions.filter((action) => action.includes('*')).map((action) => `${key} may ${action}`),
            ...unless(statement.NotResource === undefined || texts, `${key} may act on all but ${text(statement.NotResource)}`),
            ...list(statement.Resource ?? [])
              .map(text)
              .filter((resource) => resource.includes('*') && !(resource === '*' && traces))
              .filter((resource) => !resource.includes(`:log-group:/aws/lambda/skills-prod-${key}:log-stream:*`))
              .filter((resource) => !(key === 'publish-catalog' && /"\/(catalog|courses|en\/courses)\/\*"/.test(resource)))
              .map((resource) => `${key} may act on ${resource}`),
          ]
        }),
      ),
    remove: (templates) =>
      void (statementsOf(templates, functionsOf(templates).get('enrollment')!).find((statement) =>
        text(statement.Action).includes('dynamodb'),
      ).Resource = '*'),
  },
  'personal data is unlocked by the two functions that need it': {
    check: (templates) =>
      [...functionsOf(templates)].flatMap(([key, lambda]) => {
        const actions = statementsOf(templates, lambda)
          .flatMap((statement) => list(statement.Action))
          .filter((action) => action.startsWith('kms:'))
        const asked: Record<string, string[]> = {
          people: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:GenerateMac'],
          'dispatch-outbox': ['kms:Decrypt'],
        }
        return unless(text(actions.toSorted()) === text((asked[key] ?? []).toSorted()), `${key} may ${actions.join(', ')}`)
      }),
    remove: (templates) => void statementsOf(templates, functionsOf(templates).get('catalog')!)[0].Action.push('kms:Decrypt'),
  },
  'stream consumers see only their items, halve failing batches, try again and lay aside what cannot be done': {
    check: (templates) => {
      const mappings = ofType(templates, 'AWS::Lambda::EventSourceMapping')
      const seen = mappings
        .flatMap((mapping) => mapping.Properties.FilterCriteria?.Filters.map((filter: Json) => filter.Pattern) ?? [])
        .join()
      return [
        ...unless(mappings.length === 2, `${mappings.length} consumers`),
        ...['COURSE#', 'RUN#', 'PROVIDER#', 'VENUE#', 'SHARD#', 'OUTBOX#']
          .filter((prefix) => !seen.includes(`{"prefix":"${prefix}"}`))
          .map((prefix) => `nobody sees ${prefix}`),
        ...mappings.flatMap(({ id, Properties: is }) => [
          ...unless(is.BisectBatchOnFunctionError === true && is.MaximumRetryAttempts > 0, `${id} does not halve and try again`),
          ...unless(text(is.FunctionResponseTypes) === '["ReportBatchItemFailures"]', `${id} fails whole batches`),
          ...unless(text(is.DestinationConfig?.OnFailure?.Destination ?? '').includes('deadletters'), `${id} loses what fails`),
        ]),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::Lambda::EventSourceMapping').Properties.DestinationConfig,
  },
  'the sweep runs every minute and its failures are kept': {
    check: (templates) => {
      const { ScheduleExpression, Targets } = one(templates, 'AWS::Events::Rule').Properties
      return [
        ...unless(ScheduleExpression === 'rate(1 minute)', 'another rhythm'),
        ...unless(Targets[0].DeadLetterConfig?.Arn, 'no dead letters'),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::Events::Rule').Properties.Targets[0].DeadLetterConfig,
  },
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
  'pages may load and run only what comes from here, nothing inline': {
    check: (templates) => {
      const policy = text(headers(templates, 'PageHeaders').SecurityHeadersConfig.ContentSecurityPolicy?.ContentSecurityPolicy ?? '')
      return [
        ...unless(!/unsafe-|\*|http:/.test(policy), `CSP is loose: ${policy}`),
        ...[
          "default-src 'none'",
          "script-src 'self';",
          "style-src 'self';",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "connect-src 'self' https://",
        ].flatMap((part) => unless(policy.includes(part), `CSP lacks ${part}`)),
      ]
    },
    remove: (templates) =>
      void (headers(templates, 'PageHeaders').SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy =
        "default-src 'self' 'unsafe-inline'"),
  },
  'pages and API say HTTPS only, no sniffing, no frames, no chatty referrer, no sensors': {
    check: (templates) =>
      ['PageHeaders', 'ApiHeaders'].flatMap((id) => {
        const { SecurityHeadersConfig: is, CustomHeadersConfig: custom } = headers(templates, id)
        return [
          ...unless(is.StrictTransportSecurity?.AccessControlMaxAgeSec >= 31_536_000, `${id}: no HSTS`),
          ...unless(is.ContentTypeOptions?.Override === true && is.FrameOptions?.FrameOption === 'DENY', `${id}: sniffed or framed`),
          ...unless(is.ReferrerPolicy?.ReferrerPolicy === 'strict-origin-when-cross-origin', `${id}: chatty`),
          ...unless(
            custom.Items.some((item: Json) => item.Header === 'permissions-policy'),
            `${id}: sensors`,
          ),
        ]
      }),
    remove: (templates) => delete headers(templates, 'ApiHeaders').SecurityHeadersConfig.StrictTransportSecurity,
  },
  'every way through the door carries its headers, and the API is cached never across persons or languages': {
    check: (templates) => {
      const { DefaultCacheBehavior, CacheBehaviors } = door(templates)
      const api = CacheBehaviors.find((behavior: Json) => behavior.PathPattern === '/api/*')
      const { ParametersInCacheKeyAndForwardedToOrigin: key, DefaultTTL } = one(
        templates,
        'AWS::CloudFront::CachePolicy',
        ({ id }) => id === api?.CachePolicyId.Ref,
      ).Properties.CachePolicyConfig
      return [
        ...[DefaultCacheBehavior, ...CacheBehaviors]
          .filter((behavior) => behavior.ResponseHeadersPolicyId === undefined)
          .map((behavior) => `${behavior.PathPattern} has no headers`),
        ...unless(
          CacheBehaviors.some((behavior: Json) => behavior.PathPattern === '/catalog/*'),
          'no catalog',
        ),
        ...unless(
          DefaultTTL === 0 && ['Authorization', 'Accept-Language'].every((name) => key.HeadersConfig.Headers.includes(name)),
          'answers are mixed up',
        ),
      ]
    },
    remove: (templates) => delete door(templates).CacheBehaviors[1].ResponseHeadersPolicyId,
  },
  'a missing page is the 404 page, and an error of the API reaches its caller as it is': {
    check: (templates) => [
      ...unless(
        door(templates).CustomErrorResponses.every((error: Json) => error.ResponsePagePath === undefined && error.ErrorCachingMinTTL === 0),
        'errors are replaced or kept',
      ),
      ...[403, 404].flatMap((code) => {
        const error = pages(templates).CustomErrorResponses.find((response: Json) => response.ErrorCode === code)
        return unless(error?.ResponseCode === 404 && error.ResponsePagePath === '/404.html', `${code} of the bucket is shown as it is`)
      }),
    ],
    remove: (templates) => void (door(templates).CustomErrorResponses = pages(templates).CustomErrorResponses),
  },
  'the door is guarded against known attacks and floods': {
    check: (templates) => {
      const { Scope, Rules } = one(templates, 'AWS::WAFv2::WebACL').Properties
      return [
        ...unless(text(door(templates).WebACLId ?? '').includes('"us-east-1"'), 'the door has no guard'),
        ...unless(Scope === 'CLOUDFRONT', 'a guard of another kind'),
        ...unless(
          Rules.some((rule: Json) => rule.Statement.RateBasedStatement?.Limit === 10_000 && rule.Action.Block),
          'floods pass',
        ),
        ...['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'].flatMap((name) =>
          unless(
            Rules.some((rule: Json) => rule.Statement.ManagedRuleGroupStatement?.Name === name),
            `${name} is missing`,
          ),
        ),
      ]
    },
    remove: (templates) => delete door(templates).WebACLId,
  },
  'the bucket is private: one distribution reads it, through HTTPS': {
    check: (templates) => {
      const bucket = one(templates, 'AWS::S3::Bucket')
      const statements = ofType(templates, 'AWS::S3::BucketPolicy').flatMap(
        (policy) => policy.Properties.PolicyDocument.Statement as Json[],
      )
      const allowed = statements.filter((statement) => statement.Effect === 'Allow')
      return [
        ...unless(
          Object.values(bucket.Properties.PublicAccessBlockConfiguration ?? { none: false }).every(Boolean),
          'public access is possible',
        ),
        ...unless(bucket.Properties.VersioningConfiguration?.Status === 'Enabled', 'no versions'),
        ...unless(
          statements.some((statement) => statement.Effect === 'Deny' && statement.Condition?.Bool?.['aws:SecureTransport'] === 'false'),
          'plain HTTP',
        ),
        ...allowed
          .filter(
            (statement) =>
              statement.Action !== 's3:GetObject' ||
              !text(statement.Condition?.StringEquals?.['AWS:SourceArn'] ?? '').includes('PagesDistribution'),
          )
          .map((statement) => `allows ${text(statement)}`),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::S3::Bucket').Properties.PublicAccessBlockConfiguration,
  },
  'each function has an alarm that begins with who is hurt, on an encrypted topic': {
    check: (templates) => {
      const alarms = ofType(templates, 'AWS::CloudWatch::Alarm')
      return [
        ...functionKeys.filter(
          (key) =>
            !alarms.some(
              (alarm) =>
                alarm.id.startsWith(`${key.replaceAll('-', '')}Failing`) &&
                alarm.Properties.AlarmDescription.startsWith(functions[key].harm),
            ),
        ),
        ...alarms.filter((alarm) => alarm.Properties.AlarmActions?.length !== 1).map(({ id }) => `${id} speaks to nobody`),
        ...unless(one(templates, 'AWS::SNS::Topic').Properties.KmsMasterKeyId, 'the topic is not encrypted'),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::CloudWatch::Alarm').Properties.AlarmActions,
  },
  'sign-in is by code with PKCE: a public client without secret, refresh tokens used once': {
    check: (templates) => {
      const is = one(templates, 'AWS::Cognito::UserPoolClient').Properties
      return [
        ...unless(is.GenerateSecret === false && text(is.AllowedOAuthFlows) === '["code"]', 'another flow'),
        ...unless(
          is.RefreshTokenRotation?.Feature === 'ENABLED' && !is.ExplicitAuthFlows.includes('ALLOW_REFRESH_TOKEN_AUTH'),
          'refresh tokens live on',
        ),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::Cognito::UserPoolClient').Properties.RefreshTokenRotation,
  },
}
