/** What a template's functions look things up in: one stack's names and attributes, and what other stacks export. */
export interface Scope {
  ref(id: string): unknown
  attribute(id: string, name: string): unknown
  exported(name: string): unknown
  /** An output of another stack by the names of both. */
  output(stack: string, name: string): unknown
  condition(name: string): boolean
  mapping(name: string, first: string, second: string): unknown
}

type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Stands for `AWS::NoValue`: the property is left out. */
export const noValue = Symbol('AWS::NoValue')

/** Resolves the intrinsic functions in a piece of a template (CloudFormation template reference, "Intrinsic functions"). */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue)
  if (!isPlain(value)) return value
  const keys = Object.keys(value)
  const name = keys[0]
  if (keys.length === 1 && name !== undefined && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
    const run = intrinsics[name]
    if (run) return run(value[name], scope)
    if (name.startsWith('Fn::')) throw new Error(`the template uses ${name}, which the one-machine cloud does not know`)
  }
  const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, scope)] as const)
  return Object.fromEntries(entries.filter(([, item]) => item !== noValue))
}

const text = (value: unknown, scope: Scope) => String(resolve(value, scope))
const list = (value: unknown, scope: Scope) => resolve(value, scope) as unknown[]

const intrinsics: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: (id, scope) => scope.ref(String(id)),
  'Fn::GetAtt': (argument, scope) => {
    const [id, name] =
      typeof argument === 'string' ? [argument.split('.')[0], argument.split('.').slice(1).join('.')] : (argument as string[])
    return scope.attribute(String(id), text(name, scope))
  },
  'Fn::Join': (argument, scope) => {
    const [between, items] = argument as [string, unknown]
    return list(items, scope).map(String).join(between)
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, given] = Array.isArray(argument) ? (argument as [string, Plain]) : [String(argument), {}]
    return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`
      if (name in given) return text(given[name], scope)
      const dot = name.indexOf('.')
      return String(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)))
    })
  },
  'Fn::Select': (argument, scope) => {
    const [position, items] = argument as [unknown, unknown]
    return list(items, scope)[Number(resolve(position, scope))]
  },
  'Fn::Split': (argument, scope) => {
    const [between, whole] = argument as [string, unknown]
    return text(whole, scope).split(between)
  },
  'Fn::ImportValue': (argument, scope) => scope.exported(text(argument, scope)),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = argument as Plain
    return scope.output(text(StackName, scope), text(OutputName, scope))
  },
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = argument as [string, unknown, unknown]
    return resolve(scope.condition(condition) ? yes : no, scope)
  },
  'Fn::Equals': (argument, scope) => {
    const [one, other] = list(argument, scope)
    return String(one) === String(other)
  },
  'Fn::Not': (argument, scope) => !truth((argument as unknown[])[0], scope),
  'Fn::And': (argument, scope) => (argument as unknown[]).every((item) => truth(item, scope)),
  'Fn::Or': (argument, scope) => (argument as unknown[]).some((item) => truth(item, scope)),
  'Fn::Contains': (argument, scope) => {
    const [items, item] = argument as [unknown, unknown]
    return list(items, scope).map(String).includes(text(item, scope))
  },
  Condition: (name, scope) => (typeof name === 'string' ? scope.condition(name) : { Condition: resolve(name, scope) }),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(argument, scope).map(String) as [string, string, string]
    return scope.mapping(map, first, second)
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(argument, scope)).toString('base64'),
  'Fn::GetAZs': () => ['a', 'b', 'c'],
}

function truth(value: unknown, scope: Scope): boolean {
  const answer = resolve(value, scope)
  return answer === true || answer === 'true'
}
