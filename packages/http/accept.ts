import { Refusal } from '@skills/contract/refusals.ts'
import { isFileBody, isTextAnswer, type Route } from '@skills/contract/route.ts'

const json = 'application/json'
const mostJsonBytes = 262_144
const essence = (type: string) => type.split(';')[0]?.trim().toLowerCase() ?? ''

/** Refuses `not-acceptable` when an `Accept` header leaves no room for the one type that the route answers in. */
export function acceptable(route: Route, accept: string | undefined): void {
  if (accept === undefined || accept.trim() === '') return
  const type = isTextAnswer(route.answer.body) ? essence(route.answer.body.text) : json
  const fitting = new Set([type, `${type.split('/')[0] ?? ''}/*`, '*/*'])
  const wanted = accept.split(',').some((range) => fitting.has(essence(range)) && !/;\s*q=0(\.0*)?\s*(;|$)/i.test(range))
  if (!wanted) throw new Refusal('not-acceptable', { types: [type] })
}

/** The bytes of a request's body, after its media type (415) and size (413) were judged; `undefined` for a route without a body when none came. */
export function readBytes(
  route: Route,
  event: { body?: string | undefined; isBase64Encoded?: boolean; headers: Record<string, string | undefined> },
): Uint8Array | undefined {
  const file = isFileBody(route.body) ? route.body : undefined
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  if (route.body === undefined && bytes.length === 0) return undefined
  const types = file?.file ?? [json]
  const type = event.headers['content-type'] ?? ''
  const charset = /^[^;]*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type)
  if (!types.includes(essence(type)) || (!file && !charset)) throw new Refusal('unsupported-media-type', { types })
  const maxBytes = file?.maxBytes ?? mostJsonBytes
  if (bytes.length > maxBytes) throw new Refusal('too-large', { maxBytes })
  return bytes
}
