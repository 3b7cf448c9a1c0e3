import { Stack, type StackProps } from 'aws-cdk-lib'
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2, ProjectionType } from 'aws-cdk-lib/aws-dynamodb'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { acknowledge } from './acknowledgements.ts'
import { AlarmTopic } from './alarms.ts'
import { FilesBucket } from './files-bucket.ts'
import type { IndexName } from './permissions.ts'
import type { Settings } from './settings.ts'
import { UserPoolOfTheHouse } from './user-pool.ts'

const string = (name: string) => ({ name, type: AttributeType.STRING })

/** An index and its keys; what it answers stands in TABLE.md. */
const indexes: Record<IndexName, { pk: string; sk: string; projection: ProjectionType }> = {
  'roster-of-run': { pk: 'rosterRun', sk: 'rosterPerson', projection: ProjectionType.ALL },
  'audit-by-actor': { pk: 'auditActor', sk: 'auditAt', projection: ProjectionType.ALL },
  due: { pk: 'dueBucket', sk: 'dueAt', projection: ProjectionType.KEYS_ONLY },
}

/** What must outlive everything else: the table, the keys, the secrets, the accounts people sign in with. */
export class DataStack extends Stack {
  readonly table: TableV2
  readonly dataKey: Key
  readonly macKey: Key
  readonly originSecret: Secret
  readonly cursorSecret: Secret
  readonly stripeSecret: Secret
  readonly alarms: Topic
  readonly files: Bucket
  readonly userPool: UserPoolOfTheHouse | undefined

  constructor(scope: Construct, id: string, settings: Settings, props: StackProps) {
    super(scope, id, props)
    const { stage } = settings
    this.table = new TableV2(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      globalSecondaryIndexes: Object.entries(indexes).map(([indexName, { pk, sk, projection }]) => ({
        indexName,
        partitionKey: string(pk),
        sortKey: string(sk),
        projectionType: projection,
      })),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: stage.recoveryDays },
      deletionProtection: stage.deletionProtection,
      removalPolicy: stage.removal,
    })

    const key = { removalPolicy: stage.removal, pendingWindow: stage.keyDeletionDelay }
    this.dataKey = new Key(this, 'DataKey', { ...key, description: 'Wraps the keys of personal data', enableKeyRotation: true })
    this.macKey = new Key(this, 'MacKey', {
      ...key,
      description: 'Makes keyed hashes of resident IDs and mobiles. KMS cannot rotate it, and rotated hashes would find nobody',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    })

    const secret = (name: string, description: string) =>
      new Secret(this, name, {
        description,
        removalPolicy: stage.removal,
        generateSecretString: { passwordLength: 64, excludePunctuation: true },
      })
    this.originSecret = secret('OriginSecret', 'Proves to the API that a request came through CloudFront')
    this.cursorSecret = secret('CursorSecret', 'Seals page cursors and signs quoted prices')
    this.stripeSecret = new Secret(this, 'StripeSecret', {
      description: 'The key that speaks to Stripe and the secrets its webhooks are signed with; put in by hand after the first deployment',
      removalPolicy: stage.removal,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ webhookSecrets: '-' }),
        generateStringKey: 'secretKey',
        passwordLength: 64,
        excludePunctuation: true,
      },
    })
    for (const made of [this.originSecret, this.cursorSecret, this.stripeSecret])
      acknowledge(made, {
        'AwsSolutions-SMG4':
          'Both ends are told the value by CloudFormation at deployment; a rotation by itself would shut the API. It is renewed by hand: a new value, then the distribution and the functions.',
      })

    this.files = new FilesBucket(this, 'Files', settings).bucket
    this.alarms = new AlarmTopic(this, 'Alarms', settings).topic
    this.userPool = settings.outsideIssuer ? undefined : new UserPoolOfTheHouse(this, 'People', settings)
  }
}
