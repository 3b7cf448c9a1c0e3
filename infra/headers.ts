import { Duration } from 'aws-cdk-lib'
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'

/** The policy of pages: everything from here, nothing inline; tokens are fetched from the issuer. */
function pagePolicy(tokenOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${[...new Set(tokenOrigins)].join(' ')}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    'upgrade-insecure-requests',
  ].join('; ')
}

const everywhere: ResponseSecurityHeadersBehavior = {
  strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
}

const customHeadersBehavior = {
  customHeaders: [
    { header: 'permissions-policy', value: 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()', override: true },
    { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
    { header: 'cross-origin-resource-policy', value: 'same-origin', override: true },
  ],
}

/** The headers of pages and of the API. The API may say a policy of its own for its one page; otherwise its answers may load nothing. */
export function headerPolicies(
  scope: Construct,
  tokenOrigins: readonly string[],
): { pages: ResponseHeadersPolicy; api: ResponseHeadersPolicy } {
  const policy = (id: string, contentSecurityPolicy: string, override: boolean) =>
    new ResponseHeadersPolicy(scope, id, {
      securityHeadersBehavior: { ...everywhere, contentSecurityPolicy: { contentSecurityPolicy, override } },
      customHeadersBehavior,
      removeHeaders: ['server', 'x-amz-version-id', 'x-amz-server-side-encryption'],
    })
  return {
    pages: policy('PageHeaders', pagePolicy(tokenOrigins), true),
    api: policy('ApiHeaders', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", false),
  }
}
