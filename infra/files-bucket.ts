import { Duration } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledgements.ts'
import type { Settings } from './settings.ts'

/** Where people's files lie: what was just sent, and what was inspected and kept. Nothing in it is public; browsers send to it with a signed form. */
export class FilesBucket extends Construct {
  readonly bucket: Bucket

  constructor(scope: Construct, id: string, { stage, domain }: Settings) {
    super(scope, id)
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        // What was taken away by mistake can be had back for a week; then it is gone.
        { noncurrentVersionExpiration: Duration.days(7) },
        // The sweep takes an unfinished file away after an hour; this is for what it never knew: a form that was sent again later.
        { prefix: 'incoming/', expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // A browser asks before it sends with progress. The signed form is what allows; without a name of its own the house does not know its address here yet.
      cors: [
        {
          allowedMethods: [HttpMethods.POST],
          allowedOrigins: [domain === undefined ? '*' : `https://${domain.name}`],
          allowedHeaders: ['*'],
          maxAge: 3600,
        },
      ],
      removalPolicy: stage.removal,
    })
    acknowledge(this.bucket, {
      'AwsSolutions-S1':
        'Who looked at a file, and what for, stands in its audit chain in the table. Access logs would keep signed addresses.',
    })
  }
}
