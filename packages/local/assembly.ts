import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noValue, resolve, type Scope } from './intrinsics.ts'
import { account, attributeOf, nameOf, region } from './physical-names.ts'
import type { Secrets } from './secrets.ts'

interface Template {
  Resources?: Record<string, RawResource>
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>
  Parameters?: Record<string, { Default?: unknown }>
  Conditions?: Record<string, unknown>
  Mappings?: Record<string, Record<string, Record<string, unknown>>>
}
export interface RawResource {
  Type: string
  Properties?: Record<string, unknown>
  Condition?: string
  Metadata?: Record<string, unknown>
}

/** A resource of a synthesized template, its properties resolved. */
export interface Resource {
  stack: string
  id: string
  type: string
  /** What `Ref` gives. */
  ref: string
  properties: Record<string, unknown>
}

/** The synthesized cloud: every stack's resources, and the folders of the bundled functions. */
export interface Assembly {
  of(type: string): Resource[]
  /** The folder of an asset by its S3 key, from `<Stack>.assets.json`. */
  assetFolder(s3Key: string): string
}

interface AssetFile {
  files: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>
}

/** Reads a `cdk.out` folder: one `<Stack>.template.json` and `<Stack>.assets.json` for each stack. */
export function readAssembly(folder: string, secrets: Secrets): Assembly {
  // Without its own package.json a CommonJS bundle would be taken for ESM, because the repository's root says so.
  const marker = join(folder, 'package.json')
  if (!existsSync(marker)) writeFileSync(marker, '{}\n')
  const names = readdirSync(folder).filter((name) => name.endsWith('.template.json'))
  if (names.length === 0) throw new Error(`no synthesized template in ${folder}: run npm run synth`)
  const stacks = new Map<string, Template>()
  const assets = new Map<string, string>()
  for (const name of names) {
    const stack = name.slice(0, -'.template.json'.length)
    stacks.set(stack, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template)
    const file = join(folder, `${stack}.assets.json`)
    if (!existsSync(file)) continue
    for (const asset of Object.values((JSON.parse(readFileSync(file, 'utf8')) as AssetFile).files)) {
      for (const destination of Object.values(asset.destinations)) assets.set(destination.objectKey, join(folder, asset.source.path))
    }
  }
  const scopes = new Map<string, Scope>()
  for (const [stack, template] of stacks) scopes.set(stack, scopeOf(stack, template, stacks, scopes))
  const deep = (value: unknown): unknown => secrets.fill(value)

  const all: Resource[] = []
  for (const [stack, template] of stacks) {
    const scope = scopes.get(stack) as Scope
    for (const [id, raw] of Object.entries(template.Resources ?? {})) {
      if (raw.Condition !== undefined && !scope.condition(raw.Condition)) continue
      if (raw.Type === 'AWS::SecretsManager::Secret') secrets.declare(nameOf(stack, id, raw), raw.Properties ?? {})
      if (!understood.test(raw.Type)) continue
      const resource = { stack, id, type: raw.Type, ref: nameOf(stack, id, raw) }
      let resolved: Record<string, unknown> | undefined
      all.push(
        Object.defineProperty(resource, 'properties', {
          get: () => (resolved ??= deep(resolve(raw.Properties ?? {}, scope)) as Record<string, unknown>),
        }) as Resource,
      )
    }
  }
  return {
    of: (type) => all.filter((resource) => resource.type === type),
    assetFolder(s3Key) {
      const found = assets.get(s3Key)
      if (found === undefined) throw new Error(`the asset ${s3Key} is in no assets.json of ${folder}`)
      return found
    },
  }
}

/** Resources that a one-machine cloud has a use for; roles, policies, alarms and the rest stay unread. */
const understood = /^AWS::(DynamoDB|Lambda|ApiGatewayV2|Events|Scheduler|S3|SQS|SNS|KMS|CloudFront|SecretsManager)::/

function scopeOf(stack: string, template: Template, stacks: Map<string, Template>, scopes: Map<string, Scope>): Scope {
  const pseudo: Record<string, unknown> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  }
  const scope: Scope = {
    ref(id) {
      if (id in pseudo) return pseudo[id]
      const parameter = template.Parameters?.[id]
      if (parameter) return parameter.Default ?? ''
      const raw = template.Resources?.[id]
      if (!raw) throw new Error(`${stack} refers to ${id}, which it does not have`)
      return nameOf(stack, id, raw)
    },
    attribute(id, name) {
      const raw = template.Resources?.[id]
      if (!raw) throw new Error(`${stack} asks for ${id}.${name}, but has no ${id}`)
      return attributeOf(stack, id, raw, name, (value) => resolve(value, scope))
    },
    exported(name) {
      for (const [other, { Outputs }] of stacks) {
        const inner = scopes.get(other) as Scope
        for (const output of Object.values(Outputs ?? {})) {
          if (output.Export && resolve(output.Export.Name, inner) === name) return resolve(output.Value, inner)
        }
      }
      throw new Error(`no stack exports ${name}`)
    },
    output(other, name) {
      const value = stacks.get(other)?.Outputs?.[name]?.Value
      if (value === undefined) throw new Error(`the stack ${other} has no output ${name}`)
      return resolve(value, scopes.get(other) as Scope)
    },
    condition: (name) => resolve(template.Conditions?.[name], scope) === true,
    mapping: (name, first, second) => template.Mappings?.[name]?.[first]?.[second],
  }
  return scope
}
