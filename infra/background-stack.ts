import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledgements.ts'
import { alarm, alarmPeriod } from './alarms.ts'
import { FeatureFunction } from './feature-function.ts'
import { functions, type FunctionKey } from './functions.ts'
import type { House } from './house.ts'
import { streams, type StreamKey } from './streams.ts'

/** What happens without a request: consumers of the table's stream, the sweep, and the appointment of the first operator. */
export class BackgroundStack extends Stack {
  constructor(scope: Construct, id: string, house: House, props: StackProps) {
    super(scope, id, props)
    for (const key of Object.keys(streams) as StreamKey[]) this.consume(key, house)
    this.schedule(house, 'sweep-runs', Duration.minutes(1), 'Moves runs whose time has come to their next state')
    this.schedule(house, 'sweep-files', Duration.minutes(5), 'Takes away files that nobody finished')
    this.schedule(
      house,
      'sweep-standings',
      Duration.minutes(5),
      'Tells providers what ends, and closes registration where nothing may be offered',
    )
    this.schedule(house, 'sweep-queue', Duration.minutes(1), 'Ends offers that nobody took and offers the seat to the next')
    this.schedule(house, 'sweep-crews', Duration.minutes(1), 'Ends requests to instructors that nobody answered in time')
    this.schedule(house, 'sweep-notices', Duration.minutes(1), 'Sends the messages that waited for the end of quiet hours')
    this.schedule(house, 'sweep-attendance', Duration.minutes(5), 'Credits the hours of runs that are over')
    this.schedule(house, 'sweep-funding', Duration.minutes(5), 'Returns unused money of closed runs and vouchers to their programs')
    this.schedule(
      house,
      'sweep-quality',
      Duration.minutes(5),
      'Brings unanswered complaints to an operator, and ends sanctions whose date has come',
    )
    this.schedule(house, 'reckon-quality', Duration.days(1), 'Reckons the quality figures of every provider')
    this.schedule(
      house,
      'settle-payments',
      Duration.minutes(1),
      'Ends unpaid holds, sends refunds, compares open payments with the payment provider',
    )
    this.schedule(house, 'redeliver', Duration.hours(1), 'Delivers events that the stream gave up, once what was broken works again')
    this.schedule(house, 'check-books', Duration.days(1), 'Proves from the table alone that seats, enrollments and audit entries add up')
    new FeatureFunction(this, 'appoint-operator', house)
  }

  /** A function fed by the stream: halves a failing batch, tries again, and lays what cannot be done into its queue. */
  private consume(key: StreamKey, house: House): void {
    const { filters, batchSize, windowSeconds, parallel } = streams[key]
    const { lambda } = new FeatureFunction(this, key, house)
    const streamArn = house.data.table.tableStreamArn
    if (streamArn === undefined) throw new Error('The table has no stream')
    const queue = this.deadLetters(key, house)
    queue.grantSendMessages(lambda)
    const reading = new PolicyStatement({
      actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((action) => `dynamodb:${action}`),
      resources: [streamArn],
    })
    lambda.addToRolePolicy(reading)
    const mapping = new EventSourceMapping(this, `${key}-stream`, {
      target: lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: filters.map((filter) => ({ pattern: JSON.stringify(filter) })),
      batchSize,
      maxBatchingWindow: Duration.seconds(windowSeconds),
      parallelizationFactor: parallel,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(queue),
    })
    // CloudFormation checks the rights of the role when it makes the mapping.
    mapping.node.addDependency(lambda.role ?? lambda)
    alarm(this, `${key}-late`, house.alarms, {
      harm: functions[key].harm,
      because: 'changes wait longer than five minutes to be handled. One of them probably fails again and again: look in the log.',
      metric: lambda.metric('IteratorAge', { statistic: 'Maximum', period: alarmPeriod(house.settings) }),
      above: 300_000,
    })
  }

  /** A function called again and again; it is also seen when it is not called at all. */
  private schedule(
    house: House,
    key:
      | 'sweep-runs'
      | 'sweep-files'
      | 'sweep-standings'
      | 'sweep-queue'
      | 'sweep-crews'
      | 'sweep-notices'
      | 'sweep-attendance'
      | 'sweep-funding'
      | 'sweep-quality'
      | 'reckon-quality'
      | 'settle-payments'
      | 'redeliver'
      | 'check-books',
    every: Duration,
    description: string,
  ): void {
    const { lambda } = new FeatureFunction(this, key, house)
    const often = every.toMinutes() <= 5
    const queue = this.deadLetters(key, house)
    // The rule's own queue keeps what could not be delivered; what the function threw is kept by its invocation.
    lambda.configureAsyncInvoke({ onFailure: new SqsDestination(queue), retryAttempts: 2, maxEventAge: Duration.hours(2) })
    new Rule(this, `${key}-schedule`, {
      description,
      schedule: Schedule.rate(every),
      targets: [
        new LambdaFunction(lambda, {
          deadLetterQueue: queue,
          retryAttempts: 2,
          maxEventAge: often ? Duration.minutes(5) : Duration.hours(2),
        }),
      ],
    })
    alarm(this, `${key}-silent`, house.alarms, {
      harm: functions[key].harm,
      because: `it is due every ${every.toHumanString()} and did not run at all. Look at the rule and its dead-letter queue.`,
      metric: lambda.metricInvocations({ statistic: 'Sum', period: often ? alarmPeriod(house.settings) : every }),
      below: 1,
    })
  }

  /** Where work goes that could not be done; whoever is written to looks, mends, and sends it again. */
  private deadLetters(key: FunctionKey, house: House): Queue {
    const queue = new Queue(this, `${key}-dead-letters`, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: house.settings.stage.removal,
    })
    alarm(this, `${key}-undone`, house.alarms, {
      harm: functions[key].harm,
      because: 'work was given up and lies in the dead-letter queue. It is lost after 14 days.',
      metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: alarmPeriod(house.settings) }),
      above: 0,
    })
    const last = 'This is a dead-letter queue: what fails here is looked at by a person.'
    acknowledge(queue, { 'AwsSolutions-SQS3': last, 'Serverless-SQSRedrivePolicy': last })
    return queue
  }
}
