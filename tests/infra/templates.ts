import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App } from 'aws-cdk-lib'
import { buildHouse } from '@skills/infra/house.ts'

/** Anything a template may hold: the checks walk it as it is. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any
export interface Resource {
  stack: string
  id: string
  Type: string
  Properties: Json
  DeletionPolicy?: string
}
/** The templates of all stacks, by the last part of their name: data, edge, site, api, background. */
export type Templates = Record<string, { Resources: Record<string, Resource>; Outputs?: Json }>

const root = path.resolve(import.meta.dirname, '../..')

/** A built site of three files. */
function smallSite(folder: string): string {
  const site = path.join(folder, 'site')
  mkdirSync(path.join(site, '_astro'), { recursive: true })
  for (const file of ['index.html', '404.html', '_astro/page.0a1b2c.js']) writeFileSync(path.join(site, file), '')
  return site
}

/** Synthesizes the whole house with the feature flags of cdk.json. `change` may alter the app before it is checked; any finding of cdk-nag throws, warnings too. */
export function synthesize(context: Record<string, string>, change: (app: App) => void = () => undefined): Templates {
  const { context: flags } = JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8')) as { context: Json }
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-'))
  const outdir = path.join(folder, 'cdk.out')
  try {
    const app = new App({ context: { ...flags, site: smallSite(folder), ...context }, outdir })
    buildHouse(app)
    change(app)
    const { stacks } = app.synth()
    const report = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')) as {
      pluginReports: { violations: Json[] }[]
    }
    const findings = report.pluginReports.flatMap(({ violations }) => violations.map((violation) => violation.ruleName))
    if (findings.length > 0) throw new Error(`cdk-nag finds ${findings.join(', ')}`)
    return Object.fromEntries(
      stacks.map((stack) => [stack.stackName.split('-').at(-1) ?? '', JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as Json]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** All resources of a type in all stacks, with the stack and name they have. The objects are those of the templates. */
export function ofType(templates: Templates, type: string): Resource[] {
  return Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => Object.assign(resource, { stack, id })),
  )
}

/** The functions of the house by key; the function CDK brings to copy the site is not among them. */
export function functionsOf(templates: Templates): Map<string, Resource> {
  const named = ofType(templates, 'AWS::Lambda::Function').filter((resource) => resource.Properties.FunctionName !== undefined)
  return new Map(named.map((resource) => [String(resource.Properties.FunctionName).replace(/^skills-[a-z]+-/, ''), resource]))
}

/** The policy statements of a function's role. */
export function statementsOf(templates: Templates, lambda: Resource): Json[] {
  const role: unknown = lambda.Properties.Role['Fn::GetAtt'][0]
  return ofType(templates, 'AWS::IAM::Policy')
    .filter((policy) => policy.stack === lambda.stack && policy.Properties.Roles.some((ref: Json) => ref.Ref === role))
    .flatMap((policy) => policy.Properties.PolicyDocument.Statement)
}

export const list = (value: Json): Json[] => (Array.isArray(value) ? value : [value])
export const text = (value: Json): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** The resource of a type (the first that fits); none is an error of the test. */
export const one = (templates: Templates, type: string, where: (resource: Resource) => boolean = () => true): Resource => {
  const found = ofType(templates, type).find(where)
  if (!found) throw new Error(`no ${type}`)
  return found
}
