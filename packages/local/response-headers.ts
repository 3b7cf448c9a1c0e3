type Config = {
  SecurityHeadersConfig?: {
    ContentSecurityPolicy?: { ContentSecurityPolicy: string; Override: boolean }
    ContentTypeOptions?: { Override: boolean }
    FrameOptions?: { FrameOption: string; Override: boolean }
    ReferrerPolicy?: { ReferrerPolicy: string; Override: boolean }
    StrictTransportSecurity?: { AccessControlMaxAgeSec: number; IncludeSubdomains?: boolean; Preload?: boolean; Override: boolean }
    XSSProtection?: { Protection: boolean; ModeBlock?: boolean; Override: boolean }
  }
  CustomHeadersConfig?: { Items: { Header: string; Value: string; Override: boolean }[] }
  RemoveHeadersConfig?: { Items: { Header: string }[] }
}

/** Puts a policy's headers on an answer. */
export type Dress = (headers: Record<string, string | string[]>) => void

/** Reads a CloudFront response headers policy. `rewrite` puts local addresses where the template's stand. */
export function readHeadersPolicy(properties: Record<string, unknown>, rewrite: (value: string) => string): Dress {
  const config = properties['ResponseHeadersPolicyConfig'] as Config
  const security = config.SecurityHeadersConfig ?? {}
  const lines: [name: string, value: string, override: boolean][] = []
  const add = (name: string, value: string | undefined, part: { Override: boolean } | undefined) =>
    part && value !== undefined && lines.push([name, value, part.Override])
  const transport = security.StrictTransportSecurity
  add(
    'content-security-policy',
    security.ContentSecurityPolicy && rewrite(security.ContentSecurityPolicy.ContentSecurityPolicy),
    security.ContentSecurityPolicy,
  )
  add('x-content-type-options', 'nosniff', security.ContentTypeOptions)
  add('x-frame-options', security.FrameOptions?.FrameOption, security.FrameOptions)
  add('referrer-policy', security.ReferrerPolicy?.ReferrerPolicy, security.ReferrerPolicy)
  add(
    'strict-transport-security',
    transport &&
      `max-age=${transport.AccessControlMaxAgeSec}${transport.IncludeSubdomains ? '; includeSubDomains' : ''}${transport.Preload ? '; preload' : ''}`,
    transport,
  )
  add(
    'x-xss-protection',
    security.XSSProtection?.Protection ? `1${security.XSSProtection.ModeBlock ? '; mode=block' : ''}` : '0',
    security.XSSProtection,
  )
  for (const { Header, Value, Override } of config.CustomHeadersConfig?.Items ?? []) lines.push([Header.toLowerCase(), Value, Override])
  const removed = (config.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase())
  return (headers) => {
    for (const name of removed) delete headers[name]
    for (const [name, value, override] of lines) if (override || headers[name] === undefined) headers[name] = value
  }
}
