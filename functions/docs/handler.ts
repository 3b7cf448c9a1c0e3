import { getDocs, getOpenApi } from '@skills/contract/docs.routes.ts'
import { openApiDocument } from '@skills/contract/openapi.ts'
import { api } from '@skills/http/api.ts'
import { on, type WithHeaders } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { docsPage } from './docs-page.ts'
import { docsStyle } from './docs-style.ts'

const config = readConfig()
const once = <T>(make: () => T) => {
  let made: T | undefined
  return () => (made ??= make())
}
const document = once(() => openApiDocument(config.publicUrl))
const json = once(() => JSON.stringify(document()))
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const page = once((): WithHeaders => ({ text: docsPage(document(), config.publicUrl), headers: { 'content-security-policy': policy } }))
const style: WithHeaders = { text: docsStyle, headers: { 'content-type': 'text/css; charset=utf-8' } }

/** The contract for people and machines. This function is also the gateway's `$default`: it says 404 or 405 where no route fits. */
export const handler = api(
  {
    config,
    // eslint-disable-next-line no-restricted-syntax -- these routes touch no table, so no world is opened for them
    now: () => new Date().toISOString(),
    membershipsOf: async () => [],
  },
  [on(getOpenApi, json), on(getDocs, ({ query }) => (query.part === 'style' ? style : page()))],
)
