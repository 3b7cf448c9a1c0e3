import { Duration } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledgements.ts'
import { headerPolicies } from './headers.ts'
import type { Settings } from './settings.ts'

export interface DoorProps {
  settings: Settings
  pagesDomain: string
  apiDomain: string
  originSecret: string
  tokenOrigins: readonly string[]
  webAclArn: string | undefined
}

/** The public distribution: pages and catalog from the site, `/api/*` from the gateway, one set of security headers for all. */
export class Door extends Construct {
  readonly distribution: Distribution

  constructor(scope: Construct, id: string, { settings, ...props }: DoorProps) {
    super(scope, id)
    const headers = headerPolicies(this, props.tokenOrigins)
    const origin = (domain: string, customHeaders?: Record<string, string>) =>
      new HttpOrigin(domain, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        ...(customHeaders && { customHeaders }),
      })
    const pages = {
      origin: origin(props.pagesDomain),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headers.pages,
      compress: true,
    }
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `skills-${settings.stage.name}: the public door`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(props.webAclArn && { webAclId: props.webAclArn }),
      ...(settings.domain && {
        domainNames: [settings.domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', settings.domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      // No error is remembered (CloudFront would for ten seconds), and none is replaced: the API's problem documents pass as they are.
      errorResponses: [400, 403, 404, 405, 414, 500, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: { ...pages, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
      additionalBehaviors: {
        '/catalog/*': {
          ...pages,
          cachePolicy: new CachePolicy(this, 'CatalogCache', {
            comment: 'The published catalog: as long as its objects say, seconds where they say nothing',
            minTtl: Duration.seconds(0),
            defaultTtl: Duration.seconds(10),
            maxTtl: Duration.days(365),
            enableAcceptEncodingGzip: true,
            enableAcceptEncodingBrotli: true,
          }),
        },
        '/api/*': {
          origin: origin(props.apiDomain, { 'x-origin-secret': props.originSecret }),
          allowedMethods: AllowedMethods.ALLOW_ALL,
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          responseHeadersPolicy: headers.api,
          compress: true,
          cachePolicy: new CachePolicy(this, 'ApiCache', {
            comment: 'Kept only where the API says so, never across persons or languages',
            minTtl: Duration.seconds(0),
            defaultTtl: Duration.seconds(0),
            maxTtl: Duration.hours(1),
            queryStringBehavior: CacheQueryStringBehavior.all(),
            headerBehavior: CacheHeaderBehavior.allowList('Authorization', 'Accept-Language', 'Accept'),
            cookieBehavior: CacheCookieBehavior.none(),
            enableAcceptEncodingGzip: true,
            enableAcceptEncodingBrotli: true,
          }),
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    })
    acknowledge(this.distribution, {
      'AwsSolutions-CFR1': 'Workers book from wherever they work; no country is shut out.',
      'AwsSolutions-CFR3':
        "CloudFront's log would keep every visitor's address and the secret addresses of calendars. The gateway logs each API request without personal data.",
      ...(props.webAclArn ? {} : { 'AwsSolutions-CFR2': 'Left out by context: WAF for CloudFront is not in every partition.' }),
      ...(settings.domain
        ? {}
        : { 'AwsSolutions-CFR4': "CloudFront's own name cannot ask for TLS 1.2; with a domain of one's own TLS 1.2 is the least." }),
    })
  }
}
