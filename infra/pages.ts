import { Duration } from 'aws-cdk-lib'
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledgements.ts'
import type { Settings } from './settings.ts'

/**
 * Runs in CloudFront, which knows a small JavaScript only: `/x/` and `/x` are the folder's `index.html`; a name with a dot is a file. The
 * API's page and document are also found where people look for them first.
 */
const folderIndex = `function handler(event) {
  var request = event.request
  var document = { '/docs': '/api/docs', '/docs/': '/api/docs', '/openapi.json': '/api/openapi.json' }[request.uri]
  if (document) return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: document } } }
  if (request.uri.endsWith('/')) request.uri += 'index.html'
  else if (!request.uri.slice(request.uri.lastIndexOf('/') + 1).includes('.')) request.uri += '/index.html'
  return request
}`

/**
 * The bucket of the built site and the published catalog, and a distribution that reads it and turns "no such object" into the site's
 * own 404 page. It stands behind the public one: error pages belong to a whole distribution, and there they would replace the API's
 * problem documents (see DECISIONS.md).
 */
export class Pages extends Construct {
  readonly bucket: Bucket
  readonly distribution: Distribution

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id)
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: settings.stage.removal,
    })
    const notFound = (httpStatus: number) => ({
      httpStatus,
      responseHttpStatus: 404,
      responsePagePath: '/404.html',
      ttl: Duration.seconds(0),
    })
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `skills-${settings.stage.name}: pages, behind the public distribution`,
      httpVersion: HttpVersion.HTTP2,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      // Without the right to list the bucket, S3 says 403 of what is not there.
      errorResponses: [notFound(403), notFound(404)],
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        // The public distribution caches; caching twice would be stale twice as long.
        cachePolicy: CachePolicy.CACHING_DISABLED,
        compress: false,
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new Function(this, 'FolderIndex', { code: FunctionCode.fromInline(folderIndex), runtime: FunctionRuntime.JS_2_0 }),
          },
        ],
      },
    })
    acknowledge(this.bucket, {
      'AwsSolutions-S1':
        'Only the distribution reads it, and it holds only what is public. Access logs would keep addresses of visitors and no secret would be protected by them.',
    })
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1': 'Workers book from wherever they work; no country is shut out.',
      'AwsSolutions-CFR2': 'WAF guards the public distribution. This one holds nothing but public files.',
      'AwsSolutions-CFR3': 'Its only visitor is the public distribution.',
      'AwsSolutions-CFR4':
        "CloudFront's own name has CloudFront's own certificate; its only visitor is the public distribution, which speaks TLS 1.2.",
    })
  }
}
