import { unless, type Control } from './control.ts'
import { ofType, one, text, type Json, type Templates } from './templates.ts'

const door = (templates: Templates) =>
  one(templates, 'AWS::CloudFront::Distribution', ({ id }) => id.startsWith('Door')).Properties.DistributionConfig
const pages = (templates: Templates) =>
  one(templates, 'AWS::CloudFront::Distribution', ({ id }) => id.startsWith('Pages')).Properties.DistributionConfig
const headers = (templates: Templates, id: string) =>
  one(templates, 'AWS::CloudFront::ResponseHeadersPolicy', (policy) => policy.id.includes(id)).Properties.ResponseHeadersPolicyConfig

export const doorControls: Record<string, Control> = {
  'pages may load and run only what comes from here, nothing inline': {
    check: (templates) => {
      const policy = text(headers(templates, 'PageHeaders').SecurityHeadersConfig.ContentSecurityPolicy?.ContentSecurityPolicy ?? '')
      return [
        ...unless(!/unsafe-|\*|http:/.test(policy), `CSP is loose: ${policy}`),
        ...[
          "default-src 'none'",
          "script-src 'self';",
          "style-src 'self';",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "connect-src 'self' https://",
        ].flatMap((part) => unless(policy.includes(part), `CSP lacks ${part}`)),
      ]
    },
    remove: (templates) =>
      void (headers(templates, 'PageHeaders').SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy =
        "default-src 'self' 'unsafe-inline'"),
  },
  'pages and API say HTTPS only, no sniffing, no frames, no chatty referrer, no sensors': {
    check: (templates) =>
      ['PageHeaders', 'ApiHeaders'].flatMap((id) => {
        const { SecurityHeadersConfig: is, CustomHeadersConfig: custom } = headers(templates, id)
        return [
          ...unless(is.StrictTransportSecurity?.AccessControlMaxAgeSec >= 31_536_000, `${id}: no HSTS`),
          ...unless(is.ContentTypeOptions?.Override === true && is.FrameOptions?.FrameOption === 'DENY', `${id}: sniffed or framed`),
          ...unless(is.ReferrerPolicy?.ReferrerPolicy === 'strict-origin-when-cross-origin', `${id}: chatty`),
          ...unless(
            custom.Items.some((item: Json) => item.Header === 'permissions-policy'),
            `${id}: sensors`,
          ),
        ]
      }),
    remove: (templates) => delete headers(templates, 'ApiHeaders').SecurityHeadersConfig.StrictTransportSecurity,
  },
  'every way through the door carries its headers, and the API is cached never across persons or languages': {
    check: (templates) => {
      const { DefaultCacheBehavior, CacheBehaviors } = door(templates)
      const api = CacheBehaviors.find((behavior: Json) => behavior.PathPattern === '/api/*')
      const { ParametersInCacheKeyAndForwardedToOrigin: key, DefaultTTL } = one(
        templates,
        'AWS::CloudFront::CachePolicy',
        ({ id }) => id === api?.CachePolicyId.Ref,
      ).Properties.CachePolicyConfig
      return [
        ...[DefaultCacheBehavior, ...CacheBehaviors]
          .filter((behavior) => behavior.ResponseHeadersPolicyId === undefined)
          .map((behavior) => `${behavior.PathPattern} has no headers`),
        ...unless(
          CacheBehaviors.some((behavior: Json) => behavior.PathPattern === '/catalog/*'),
          'no catalog',
        ),
        ...unless(
          DefaultTTL === 0 && ['Authorization', 'Accept-Language'].every((name) => key.HeadersConfig.Headers.includes(name)),
          'answers are mixed up',
        ),
      ]
    },
    remove: (templates) => delete door(templates).CacheBehaviors[1].ResponseHeadersPolicyId,
  },
  'a missing page is the 404 page, and an error of the API reaches its caller as it is': {
    check: (templates) => [
      ...unless(
        door(templates).CustomErrorResponses.every((error: Json) => error.ResponsePagePath === undefined && error.ErrorCachingMinTTL === 0),
        'errors are replaced or kept',
      ),
      ...[403, 404].flatMap((code) => {
        const error = pages(templates).CustomErrorResponses.find((response: Json) => response.ErrorCode === code)
        return unless(error?.ResponseCode === 404 && error.ResponsePagePath === '/404.html', `${code} of the bucket is shown as it is`)
      }),
    ],
    remove: (templates) => void (door(templates).CustomErrorResponses = pages(templates).CustomErrorResponses),
  },
  'the door is guarded against known attacks and floods': {
    check: (templates) => {
      const { Scope, Rules } = one(templates, 'AWS::WAFv2::WebACL').Properties
      return [
        ...unless(text(door(templates).WebACLId ?? '').includes('"us-east-1"'), 'the door has no guard'),
        ...unless(Scope === 'CLOUDFRONT', 'a guard of another kind'),
        ...unless(
          Rules.some((rule: Json) => rule.Statement.RateBasedStatement?.Limit === 10_000 && rule.Action.Block),
          'floods pass',
        ),
        ...['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'].flatMap((name) =>
          unless(
            Rules.some((rule: Json) => rule.Statement.ManagedRuleGroupStatement?.Name === name),
            `${name} is missing`,
          ),
        ),
      ]
    },
    remove: (templates) => delete door(templates).WebACLId,
  },
  'the built site is copied: hashed files for ever, then pages and config.json for a minute, and nothing is taken away': {
    check: (templates) => {
      const copies = ofType(templates, 'Custom::CDKBucketDeployment').map(({ Properties }) => Properties)
      const hashed = copies.find((copy) => text(copy.Include) === '["_astro/*"]')
      const rest = copies.find((copy) => text(copy.Exclude) === '["_astro/*"]')
      return [
        ...unless(copies.length === 2 && copies.every((copy) => copy.Prune === false), 'published files are taken away'),
        ...unless(hashed?.SystemMetadata['cache-control'].includes('immutable'), 'hashed files are asked for again'),
        ...unless(rest?.SystemMetadata['cache-control'] === 'public, max-age=60', 'pages are stale for long'),
        ...unless(rest?.SourceObjectKeys.length === 2 && rest.DistributionId, 'config.json or the clearing of the cache is missing'),
      ]
    },
    remove: (templates) => void (one(templates, 'Custom::CDKBucketDeployment').Properties.Prune = true),
  },
}
