import type { Assembly, Resource } from './assembly.ts'
import { compileViewerFunction, type ViewerAnswer, type ViewerRequest } from './cloudfront-function.ts'
import { distributionDomain } from './physical-names.ts'
import { readHeadersPolicy, type Dress } from './response-headers.ts'

interface BehaviorConfig {
  PathPattern?: string
  TargetOriginId: string
  Compress?: boolean
  ResponseHeadersPolicyId?: string
  FunctionAssociations?: { EventType: string; FunctionARN: string }[]
  AllowedMethods?: string[]
}
interface DistributionConfig {
  DefaultRootObject?: string
  Origins: { Id: string; DomainName: string; OriginPath?: string; OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[] }[]
  DefaultCacheBehavior: BehaviorConfig
  CacheBehaviors?: BehaviorConfig[]
  CustomErrorResponses?: { ErrorCode: number; ResponseCode?: number; ResponsePagePath?: string }[]
}

export interface Behavior {
  fits(path: string): boolean
  /** Domain of the origin, and what is added on the way there. */
  origin: string
  originPath: string
  originHeaders: Record<string, string>
  methods: readonly string[]
  compress: boolean
  dress: Dress | undefined
  viewerFunction: ((request: ViewerRequest, ip: string) => Promise<ViewerAnswer>) | undefined
}

export interface Distribution {
  domain: string
  rootObject: string
  /** In the order they are tried; the default one last. */
  behaviors: Behavior[]
  /** What stands in place of an error of the origin. */
  errors: Map<number, { status: number; page: string }>
}

/** Reads the template's distributions. */
export function readDistributions(assembly: Assembly, rewrite: (value: string) => string): Distribution[] {
  const policies = new Map(
    assembly.of('AWS::CloudFront::ResponseHeadersPolicy').map(({ ref, properties }) => [ref, readHeadersPolicy(properties, rewrite)]),
  )
  const functions = new Map(
    assembly.of('AWS::CloudFront::Function').map(({ ref, properties }) => [ref, compileViewerFunction(String(properties['FunctionCode']))]),
  )
  return assembly.of('AWS::CloudFront::Distribution').map((resource) => readDistribution(resource, policies, functions))
}

function readDistribution(
  resource: Resource,
  policies: Map<string, Dress>,
  functions: Map<string, Behavior['viewerFunction']>,
): Distribution {
  const config = resource.properties['DistributionConfig'] as DistributionConfig
  const read = (behavior: BehaviorConfig): Behavior => {
    const origin = config.Origins.find(({ Id }) => Id === behavior.TargetOriginId)
    if (!origin) throw new Error(`${resource.id} has no origin ${behavior.TargetOriginId}`)
    const arn = behavior.FunctionAssociations?.find(({ EventType }) => EventType === 'viewer-request')?.FunctionARN
    return {
      fits: pathPattern(behavior.PathPattern ?? '*'),
      origin: origin.DomainName,
      originPath: origin.OriginPath ?? '',
      originHeaders: Object.fromEntries(
        (origin.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]),
      ),
      methods: behavior.AllowedMethods ?? ['GET', 'HEAD'],
      compress: behavior.Compress ?? false,
      dress: policies.get(behavior.ResponseHeadersPolicyId ?? ''),
      viewerFunction: arn === undefined ? undefined : functions.get(arn.split('/').pop() ?? ''),
    }
  }
  return {
    domain: distributionDomain(resource.ref),
    rootObject: config.DefaultRootObject ?? '',
    behaviors: [...(config.CacheBehaviors ?? []), { ...config.DefaultCacheBehavior, PathPattern: '*' }].map(read),
    errors: new Map(
      (config.CustomErrorResponses ?? []).flatMap(({ ErrorCode, ResponseCode, ResponsePagePath }) =>
        ResponsePagePath === undefined ? [] : [[ErrorCode, { status: ResponseCode ?? ErrorCode, page: ResponsePagePath }] as const],
      ),
    ),
  }
}

/** `*` stands for any characters, `?` for one; patterns begin with a slash or not, to the same effect. */
function pathPattern(pattern: string): (path: string) => boolean {
  const text = pattern === '*' ? '*' : pattern.replace(/^\/?/, '/')
  const rule = new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
  return (path) => rule.test(path)
}
