import type { Route } from '@skills/contract/route.ts'

export type Json = Record<string, unknown>
interface Schema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  properties?: Record<string, Schema>
  required?: string[]
}
interface Operation {
  parameters: { name?: string; in?: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

/** One line of a route's inputs, as the page shows it. */
export interface FieldRow {
  name: string
  place: string
  type: string
  required: boolean
}

const operationOf = (route: Route, document: Json) =>
  (document['paths'] as Record<string, Record<string, Operation>>)[route.path]?.[route.method.toLowerCase()]

function resolved(schema: Schema, document: Json): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : ((document['components'] as { schemas: Record<string, Schema> }).schemas[name] ?? schema)
}

/** The parameters and the fields of the body of a route. */
export function fieldRows(route: Route, document: Json): FieldRow[] {
  const operation = operationOf(route, document)
  const parameters = (operation?.parameters ?? []).flatMap(({ name, in: place, required, schema }) =>
    name === undefined || schema === undefined
      ? []
      : [{ name, place: place === 'path' ? '路径 path' : '查询 query', type: inWords(schema), required: required ?? false }],
  )
  const body = operation?.requestBody?.content['application/json']?.schema
  const { properties = {}, required = [] } = body ? resolved(body, document) : {}
  return [
    ...parameters,
    ...Object.entries(properties).map(([name, schema]) => ({
      name,
      place: '正文 body',
      type: inWords(schema),
      required: required.includes(name),
    })),
  ]
}

/** What a JSON answer holds: the name of its schema, or its own field names. */
export function schemaName(route: Route, document: Json): string {
  const schema = operationOf(route, document)?.responses[String(route.answer.status)]?.content?.['application/json']?.schema
  return schema === undefined ? '' : inWords(schema)
}

function inWords(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.anyOf) return schema.anyOf.map(inWords).join(' | ')
  if (schema.type === 'array') return `[${inWords(schema.items ?? {})}]`
  if (schema.properties) return `{ ${Object.keys(schema.properties).join(', ')} }`
  const prefix = /^\^(\w{3}_)\[/.exec(schema.pattern ?? '')?.[1]
  if (prefix) return `${prefix}…`
  const least = schema.minimum ?? schema.minLength
  const most = schema.maximum ?? schema.maxLength
  const range = most === undefined || most === Number.MAX_SAFE_INTEGER ? '' : ` ${least ?? 0}–${most}`
  return `${schema.format ?? schema.type ?? '…'}${range}`
}
