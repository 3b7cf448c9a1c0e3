import { ArnFormat, Duration, Stack } from 'aws-cdk-lib'
import { Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { ApplicationLogLevel, Architecture, Code, Function, LoggingFormat, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda'
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledge, acknowledgeWildcards } from './acknowledgements.ts'
import { alarm, alarmPeriod } from './alarms.ts'
import { bundleFolder } from './bundle.ts'
import type { House } from './house.ts'
import { environmentOf } from './environment.ts'
import { functions, type FunctionKey } from './functions.ts'
import { grants } from './grants.ts'
import { permissions } from './permissions.ts'

const noDeadLetters = {
  api: 'Called synchronously by the gateway: the caller gets the failure as its answer, there is no letter to keep.',
  stream: 'The event source mapping has its own failure destination; Lambda never queues these events.',
  schedule: 'The schedule has its own dead-letter queue; an undone sweep is done by the next one, a minute later.',
  manual: 'Called synchronously by the person who appoints, who sees the answer.',
} as const

/** One Lambda of the table in functions.ts: its bundle, its log, its role with what permissions.ts grants, its alarm. */
export class FeatureFunction extends Construct {
  readonly lambda: Function

  constructor(scope: Construct, key: FunctionKey, house: House) {
    super(scope, key)
    const { stage } = house.settings
    const spec = functions[key]
    const functionName = `skills-${stage.name}-${key}`
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetention,
      removalPolicy: stage.removal,
    })
    // By name: the ARN that CloudFormation gives of a log group already ends in a star.
    const logStreams = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `/aws/lambda/${functionName}:log-stream:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    role.addToPolicy(new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logStreams] }))
    const granted = grants(permissions[key], house.grounds)
    for (const statement of granted.statements) role.addToPolicy(statement)

    this.lambda = new Function(this, 'Function', {
      functionName,
      description: `${spec.entry} (${spec.kind})`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler.handler',
      code: Code.fromAsset(bundleFolder(key)),
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      environment: environmentOf(key, house),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
      ...(stage.reservedConcurrency[key] === undefined ? {} : { reservedConcurrentExecutions: stage.reservedConcurrency[key] }),
    })
    // What is called by a clock tells by its first failure: the books are checked once a day.
    const tolerated = spec.kind === 'schedule' ? 0 : 3
    alarm(this, 'Failing', house.alarms, {
      harm: spec.harm,
      because: `${functionName} failed${tolerated === 0 ? '' : ` more than ${tolerated} times in ${stage.alarmMinutes} minutes`}. Look in its log for the request ids.`,
      metric: this.lambda.metricErrors({ period: alarmPeriod(house.settings), statistic: Stats.SUM }),
      above: tolerated,
    })
    alarm(this, 'Throttled', house.alarms, {
      harm: spec.harm,
      because: `Lambda turned calls of ${functionName} away because too many ran at once. Raise its concurrency in infra/stages.ts.`,
      metric: this.lambda.metricThrottles({ period: alarmPeriod(house.settings), statistic: Stats.SUM }),
      above: 5,
    })
    for (const [event, harm] of Object.entries(spec.tells ?? {})) {
      const told = new MetricFilter(this, `Tells-${event}`, {
        logGroup,
        filterPattern: FilterPattern.stringValue('$.event', '=', event),
        metricNamespace: `skills-${stage.name}`,
        metricName: `${key}-${event}`,
        metricValue: '1',
      })
      alarm(this, `Told-${event}`, house.alarms, {
        harm,
        because: `${functionName} wrote “${event}” into its log.`,
        metric: told.metric({ period: alarmPeriod(house.settings), statistic: Stats.SUM }),
        above: 0,
      })
    }
    acknowledgeWildcards(role, {
      ...granted.wildcards,
      [logStreams]: 'Lambda names a new log stream for each instance; the log group is named in full.',
      '*': 'X-Ray knows no resources for sending traces, the only right given here.',
    })
    acknowledge(this.lambda, { 'Serverless-LambdaDLQ': noDeadLetters[spec.kind] })
  }
}
