import { expect, it } from 'vitest'
import { createRouteMap } from './route-map.ts'

const routes = createRouteMap<string>()
for (const key of [
  'GET /pets/dog/1',
  'GET /pets/dog/{id}',
  'GET /pets/{proxy+}',
  'ANY /{proxy+}',
  'ANY /pets/{kind}/{id}',
  'POST /pets/{kind}/{id}',
  'GET /',
  '$default',
])
  routes.add(key, key)

// The first four are the example of the developer guide ("Routes for HTTP APIs").
it.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
  ['GET', '/pets/a/b/c', 'GET /pets/{proxy+}', { proxy: 'a/b/c' }],
  ['DELETE', '/elsewhere/x', 'ANY /{proxy+}', { proxy: 'elsewhere/x' }],
  ['GET', '/pets/cat/1', 'ANY /pets/{kind}/{id}', { kind: 'cat', id: '1' }],
  ['POST', '/pets/dog/1', 'POST /pets/{kind}/{id}', { kind: 'dog', id: '1' }],
  ['GET', '/', 'GET /', {}],
  ['POST', '/', 'ANY /{proxy+}', { proxy: '' }],
])('%s %s goes to %s', (method, path, routeKey, parameters) => {
  expect(routes.find(method, path)).toEqual({ routeKey, target: routeKey, parameters })
})

it('falls back to $default, or finds nothing when there is none', () => {
  const few = createRouteMap<string>()
  few.add('GET /a/{b}', 'x')
  expect(few.find('GET', '/a')).toBeUndefined()
  expect(few.find('GET', '/a/')).toBeUndefined()
  expect(few.find('GET', '/a/b/')).toBeUndefined()
  expect(few.find('POST', '/a/b')).toBeUndefined()
  few.add('$default', 'y')
  expect(few.find('POST', '/a/b')).toEqual({ routeKey: '$default', target: 'y', parameters: {} })
})
