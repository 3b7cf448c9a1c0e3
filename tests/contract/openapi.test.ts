import { bodyExamples, parameterExamples } from '@skills/contract/examples.ts'
import { openApiDocument } from '@skills/contract/openapi.ts'
import { isFileBody, type Route } from '@skills/contract/route.ts'
import { routes } from '@skills/contract/routes.ts'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test } from 'vitest'

type Schema = NonNullable<Route['params']>
const document = openApiDocument('https://skills-supermarket.example')
const all = Object.values(routes) as Route[]

test('the OpenAPI document passes the linter with nothing to say', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const lint = async (source: unknown) =>
    (await lintFromString({ source: JSON.stringify(source), config })).map(
      ({ ruleId, severity, message, location }) => `${severity} ${ruleId}: ${message} at ${location[0]?.pointer}`,
    )
  expect(await lint(document)).toEqual([])
  const broken = structuredClone(document) as { paths: Record<string, Record<string, { operationId?: string }>> }
  delete broken.paths['/me']?.['get']?.operationId
  expect(await lint(broken)).toHaveLength(1)
})

test('every route is an operation with its own name, answer and refusals', () => {
  const operations = Object.values(document['paths'] as Record<string, Record<string, { operationId: string; responses: object }>>).flatMap(
    (item) => Object.values(item),
  )
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort())
  for (const route of all) {
    const { responses } = operations.find(({ operationId }) => operationId === route.name) ?? { responses: {} }
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining([String(route.answer.status), '406', '422', '500', ...(route.who === 'anyone' ? [] : ['401'])]),
    )
  }
})

test('every example is one that its schema takes', () => {
  const judge = (schema: Schema | undefined) => {
    const shape = schema && 'shape' in schema ? (schema.shape as Record<string, Schema>) : {}
    for (const [name, inner] of Object.entries(shape))
      if (name in parameterExamples) expect(inner.safeParse(parameterExamples[name]).success, name).toBe(true)
  }
  for (const route of all) {
    judge(route.params)
    judge(route.query)
    if (route.body && !isFileBody(route.body)) expect(route.body.safeParse(bodyExamples[route.name]).success, route.name).toBe(true)
  }
})
