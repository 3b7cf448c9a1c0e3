/** Three small stacks as CDK would write them: a table with keys and a bucket, an API with its functions, a site in front. */
const fn = (key: string, asset: string, timeout = 3) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `small-dev-${key}`,
    Runtime: 'nodejs24.x',
    Handler: 'handler.handler',
    MemorySize: 128,
    Timeout: timeout,
    Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: `${asset}.zip` },
    Environment: {
      Variables: {
        NODE_OPTIONS: '--enable-source-maps',
        TABLE: { 'Fn::ImportValue': 'data:Table' },
        OIDC_ISSUER: 'https://issuer.example',
        ORIGIN_SECRET: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { 'Fn::ImportValue': 'data:Secret' }, ':SecretString:::}}']] },
        KEY: { 'Fn::ImportValue': 'data:Key' },
        BUCKET: { 'Fn::ImportValue': 'data:Bucket' },
      },
    },
  },
})

export const data = {
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        TableName: 'small-table',
        AttributeDefinitions: ['pk', 'sk', 'other'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          { IndexName: 'by-other', KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
        ],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      },
    },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } } },
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    MacKey: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    Letters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters' } },
  },
  Outputs: Object.fromEntries(
    Object.entries({
      Table: { Ref: 'Table' },
      Stream: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      Secret: { Ref: 'Secret' },
      Key: { Ref: 'Key' },
      Bucket: { Ref: 'Bucket' },
      BucketDomain: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
      Letters: { 'Fn::GetAtt': ['Letters', 'Arn'] },
    }).map(([name, Value]) => [name, { Value, Export: { Name: `data:${name}` } }]),
  ),
}

const integration = (id: string) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: { Ref: 'Api' },
    IntegrationType: 'AWS_PROXY',
    PayloadFormatVersion: '2.0',
    IntegrationUri: { 'Fn::GetAtt': [id, 'Arn'] },
  },
})
const route = (RouteKey: string, more: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: { Ref: 'Api' }, RouteKey, Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'EchoIntegration' }]] }, ...more },
})
const signedIn = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Authorizer' } }

export const api = {
  Resources: {
    Echo: fn('echo', 'echo', 1),
    Consumer: fn('consumer', 'consumer', 10),
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'api', AutoDeploy: true } },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: ['https://small.example/api'], Issuer: 'https://issuer.example' },
      },
    },
    EchoIntegration: integration('Echo'),
    Open: route('ANY /open'),
    Default: route('$default'),
    Things: route('GET /things/{thingId}', signedIn),
    Scoped: route('GET /scoped', { ...signedIn, AuthorizationScopes: ['api', 'admin'] }),
    Admin: route('GET /admin', { ...signedIn, AuthorizationScopes: ['admin'] }),
    Greedy: route('ANY /files/{proxy+}'),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Consumer' },
        EventSourceArn: { 'Fn::ImportValue': 'data:Stream' },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        MaximumRetryAttempts: 1,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: {
          Filters: [{ Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'P#' }] } } } }) }],
        },
        DestinationConfig: { OnFailure: { Destination: { 'Fn::ImportValue': 'data:Letters' } } },
      },
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'tick',
        ScheduleExpression: 'rate(1 minute)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: { 'Fn::GetAtt': ['Echo', 'Arn'] }, RoleArn: 'x', Input: '{"tick":true}' },
      },
    },
  },
}

export const site = {
  Resources: {
    Rewrite: {
      Type: 'AWS::CloudFront::Function',
      Properties: {
        Name: 'rewrite',
        FunctionConfig: { Runtime: 'cloudfront-js-2.0', Comment: '' },
        FunctionCode:
          "function handler(event) { var request = event.request; if (request.uri.endsWith('/')) request.uri += 'index.html'; return request }",
      },
    },
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          SecurityHeadersConfig: {
            ContentSecurityPolicy: {
              ContentSecurityPolicy: "default-src 'self'; connect-src 'self' https://issuer.example",
              Override: true,
            },
            ContentTypeOptions: { Override: true },
            StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000, IncludeSubdomains: true, Override: true },
          },
        },
      },
    },
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          DefaultRootObject: 'index.html',
          Origins: [
            { Id: 'site', DomainName: { 'Fn::ImportValue': 'data:BucketDomain' }, S3OriginConfig: {} },
            {
              Id: 'api',
              DomainName: { 'Fn::Join': ['', ['small-api', '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
              CustomOriginConfig: {},
              OriginCustomHeaders: [
                {
                  HeaderName: 'x-origin-secret',
                  HeaderValue: {
                    'Fn::Join': ['', ['{{resolve:secretsmanager:', { 'Fn::ImportValue': 'data:Secret' }, ':SecretString:::}}']],
                  },
                },
              ],
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'site',
            Compress: true,
            ViewerProtocolPolicy: 'redirect-to-https',
            ResponseHeadersPolicyId: { Ref: 'Headers' },
            FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Rewrite', 'FunctionARN'] } }],
          },
          CacheBehaviors: [{ PathPattern: '/api/*', TargetOriginId: 'api', ViewerProtocolPolicy: 'redirect-to-https' }],
          CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html' }],
        },
      },
    },
  },
}
