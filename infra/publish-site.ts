import { Aws, DefaultStackSynthesizer, Duration, type RemovalPolicy } from 'aws-cdk-lib'
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import type { Construct } from 'constructs'
import { acknowledge, acknowledgeWildcards } from './acknowledgements.ts'

export interface SiteFiles {
  bucket: IBucket
  distribution: IDistribution
  /** The built site; absent before the first build. */
  folder: string | undefined
  /** What the site reads at `/config.json`. */
  config: Record<string, string>
  logRetention: RetentionDays
  removal: RemovalPolicy
}

/**
 * Copies the built site and its `config.json` into the bucket. Nothing is taken away: the published catalog lives there too, and pages
 * that are open ask for yesterday's files.
 */
export function publishSite(scope: Construct, files: SiteFiles): void {
  const log = new LogGroup(scope, 'PublishLog', { retention: files.logRetention, removalPolicy: files.removal })
  const shared = { destinationBucket: files.bucket, prune: false, memoryLimit: 512, logGroup: log }
  const brief = [CacheControl.setPublic(), CacheControl.maxAge(Duration.minutes(1))]
  const forever = [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()]
  const renewed = { distribution: files.distribution, distributionPaths: ['/*'] }

  if (files.folder === undefined) {
    new BucketDeployment(scope, 'Config', {
      ...shared,
      ...renewed,
      sources: [Source.jsonData('config.json', files.config)],
      cacheControl: brief,
    })
  } else {
    const hashed = new BucketDeployment(scope, 'Hashed', {
      ...shared,
      sources: [Source.asset(files.folder)],
      exclude: ['*'],
      include: ['_astro/*'],
      cacheControl: forever,
    })
    const pages = new BucketDeployment(scope, 'Pages-and-config', {
      ...shared,
      ...renewed,
      sources: [Source.asset(files.folder), Source.jsonData('config.json', files.config)],
      exclude: ['_astro/*'],
      cacheControl: brief,
    })
    // Pages after the files they name.
    pages.node.addDependency(hashed)
  }
  acknowledgeCopier(scope, files.bucket)
}

/** The copying function, its role and its rights are CDK's own; they run at deployment only. */
function acknowledgeCopier(scope: Construct, bucket: IBucket): void {
  const copier = scope.node.children.find((child) => child.node.id.startsWith('Custom::CDKBucketDeployment'))
  if (!copier) throw new Error('CDK names the function that copies the site differently now')
  const own =
    'The function that copies the site is written and granted by CDK and called by CloudFormation at deployment, never by a visitor.'
  const assets = `arn:${Aws.PARTITION}:s3:::cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-${Aws.ACCOUNT_ID}-${Aws.REGION}/*`
  acknowledge(copier, {
    'AwsSolutions-L1': own,
    'Serverless-LambdaLatestVersion': own,
    'Serverless-LambdaDLQ': `${own} CloudFormation reports its failure.`,
    'Serverless-LambdaTracing': own,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]': own,
    ...Object.fromEntries(
      ['GetBucket', 'GetObject', 'List', 'Abort', 'DeleteObject'].map((action) => [`AwsSolutions-IAM5[Action::s3:${action}*]`, own]),
    ),
  })
  acknowledgeWildcards(copier, {
    [bucket.arnForObjects('*')]: 'It writes the whole site.',
    [assets]: 'It reads what the CDK uploaded.',
    '*': 'It clears the cache of the distribution; CDK grants this without naming it.',
  })
}
