import { Aws, Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledgements.ts'
import type { Settings } from './settings.ts'

/** The topic alarms speak through, encrypted with a key CloudWatch may use (it cannot use the managed one). */
export class AlarmTopic extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id)
    const key = new Key(this, 'Key', {
      description: 'Encrypts alarm messages',
      enableKeyRotation: true,
      removalPolicy: settings.stage.removal,
      pendingWindow: settings.stage.keyDeletionDelay,
    })
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    )
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true, displayName: `Skills Supermarket, ${settings.stage.name}` })
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    )
    if (settings.alarmEmail) {
      this.topic.addSubscription(new EmailSubscription(settings.alarmEmail))
      acknowledge(this, {
        'Serverless-SNSRedrivePolicy': 'An e-mail subscription cannot be read back from a dead-letter queue by its reader.',
      })
    }
  }
}

export interface AlarmSpec {
  /** Who is hurt and how: the first words of the alarm. */
  harm: string
  /** What was measured, and where to look. */
  because: string
  metric: IMetric
  /** Speaks when the metric is above this; then silence of the metric is health. */
  above?: number
  /** Speaks when the metric is below this, or silent. */
  below?: number
}

/** An alarm whose text says who is hurt before it says what was measured. */
export function alarm(scope: Construct, id: string, topic: ITopic, spec: AlarmSpec): Alarm {
  const made = new Alarm(scope, id, {
    alarmDescription: `${spec.harm}: ${spec.because}`,
    metric: spec.metric,
    evaluationPeriods: 1,
    ...(spec.below === undefined
      ? {
          threshold: spec.above ?? 0,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          treatMissingData: TreatMissingData.NOT_BREACHING,
        }
      : {
          threshold: spec.below,
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
          treatMissingData: TreatMissingData.BREACHING,
        }),
  })
  made.addAlarmAction(new SnsAction(topic))
  made.addOkAction(new SnsAction(topic))
  return made
}

/** The period alarms of this stage look at. */
export function alarmPeriod(settings: Settings): Duration {
  return Duration.minutes(settings.stage.alarmMinutes)
}
