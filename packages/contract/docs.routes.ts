import * as z from 'zod/mini'
import { route } from './route.ts'

export const getOpenApi = route({
  name: 'getOpenApi',
  summary: { zh: 'OpenAPI 3.1 文档', en: 'The OpenAPI 3.1 document' },
  tag: 'docs',
  function: 'docs',
  who: 'anyone',
  answer: { status: 200, body: { text: 'application/json; charset=utf-8' } },
  refusals: [],
  cacheSeconds: 300,
})

export const getDocs = route({
  name: 'getDocs',
  summary: { zh: '接口说明页', en: 'The API as a page' },
  tag: 'docs',
  function: 'docs',
  who: 'anyone',
  /** `part=style` answers the page's style sheet: the site's policy allows neither inline styles nor another place for it. */
  query: z.strictObject({ part: z.optional(z.literal('style')) }),
  answer: { status: 200, body: { text: 'text/html; charset=utf-8' } },
  refusals: [],
  cacheSeconds: 300,
})
