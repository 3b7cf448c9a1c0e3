import { join } from 'node:path'
import type { Assembly, Resource } from './assembly.ts'
import { createFunction, type LambdaFunction } from './lambda.ts'
import { functionArn, region } from './physical-names.ts'

interface FunctionProperties {
  Handler: string
  Timeout?: number
  MemorySize?: number
  Environment?: { Variables?: Record<string, string> }
  Code: { S3Key: string }
}

/** The template's functions, found by ARN, name, or the short key the repository calls them by (`claim-seat`). */
export interface Functions {
  all: LambdaFunction[]
  byArn(arn: string): LambdaFunction | undefined
  byKey(key: string): LambdaFunction
  /** New code for every function whose bundle is another one in a new synthesis. */
  swap(assembly: Assembly): string[]
  stop(): Promise<void>
}

interface Wishes {
  logs: string
  /** Added to every function's environment: endpoints of the doubles, credentials. */
  env: Record<string, string>
  /** Replaces variables the template sets (the local issuer, the local address); never adds one. */
  replace: Record<string, string>
  concurrency: (name: string) => number
}

const custom = /^(Custom|AWS679f53fac002430cb0da5b7982bd2287|LogRetention|BucketNotifications|.*CustomResourceProvider)/

export function createFunctions(assembly: Assembly, wishes: Wishes): Functions {
  const found = new Map<string, { resource: Resource; fn: LambdaFunction }>()
  for (const resource of assembly.of('AWS::Lambda::Function')) {
    const properties = resource.properties as unknown as FunctionProperties
    // Functions that CDK adds for its own deployments (Python, custom resources) have nothing to do here.
    if (custom.test(resource.id) || !properties.Code.S3Key || !/^nodejs/.test(String(resource.properties['Runtime']))) continue
    const memoryMb = properties.MemorySize ?? 128
    const given = properties.Environment?.Variables ?? {}
    const replaced = Object.entries(wishes.replace).filter(([name]) => name in given)
    const fn = createFunction({
      name: resource.ref,
      folder: assembly.assetFolder(properties.Code.S3Key),
      handler: properties.Handler,
      memoryMb,
      timeoutMs: (properties.Timeout ?? 3) * 1000,
      concurrency: wishes.concurrency(resource.ref),
      logFile: join(wishes.logs, `${resource.ref}.log`),
      env: {
        ...given,
        ...Object.fromEntries(replaced),
        ...wishes.env,
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: resource.ref,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${resource.ref}`,
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        LAMBDA_TASK_ROOT: '/var/task',
        PATH: process.env['PATH'] ?? '',
        TZ: ':UTC',
      },
    })
    found.set(functionArn(resource.ref), { resource, fn })
  }
  const all = [...found.values()].map(({ fn }) => fn)
  return {
    all,
    byArn: (arn) => found.get(arn.replace(/:\$LATEST$|:live$/, ''))?.fn,
    byKey(key) {
      const bare = key.replace(/[^a-z0-9]/gi, '').toLowerCase()
      const matches = [...found.values()].filter(({ resource }) => namesOf(resource).some((name) => name === bare))
      // `catalog` is also the end of `publish-catalog`: the shortest name is meant.
      const [first] = matches.sort((a, b) => a.resource.ref.length - b.resource.ref.length)
      if (first === undefined)
        throw new Error(`no function ${key} in the template; there are ${[...found.values()].map(({ fn }) => fn.config.name).join(', ')}`)
      return first.fn
    },
    swap(next) {
      const changed: string[] = []
      for (const resource of next.of('AWS::Lambda::Function')) {
        const entry = found.get(functionArn(resource.ref))
        if (!entry) continue
        const folder = next.assetFolder((resource.properties as unknown as FunctionProperties).Code.S3Key)
        if (folder === entry.fn.config.folder) continue
        entry.fn.swap(folder)
        changed.push(resource.ref)
      }
      return changed
    },
    stop: async () => {
      await Promise.all(all.map((fn) => fn.stop()))
    },
  }
}

/** `claim-seat` is found in `skills-dev-claim-seat`, and in a logical id such as `ClaimSeat1A2B3C4D` or `claimseatFunction1A2B3C4D`. */
function namesOf({ ref, id }: Resource): string[] {
  const bare = (text: string) => text.replace(/[^a-z0-9]/gi, '').toLowerCase()
  const name = ref.split('-')
  const tails = name.map((_, start) => bare(name.slice(start).join('-')))
  const logical = bare(id.replace(/[0-9A-F]{8}$/, ''))
  return [...tails, logical, logical.replace(/(function|fn|handler)$/, '')]
}
