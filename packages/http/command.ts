import { createHash, createHmac } from 'node:crypto'
import type { Command } from '@skills/contract/actor.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import type { Route } from '@skills/contract/route.ts'

/** The `Idempotency-Key` of a writing request: 16 to 255 visible ASCII characters, once (two headers arrive joined by a comma). */
export function readKey(header: string | undefined): string {
  if (header === undefined || header === '') throw new Refusal('idempotency-key-missing')
  if (!/^[\x21-\x2b\x2d-\x7e]{16,255}$/.test(header)) throw new Refusal('idempotency-key-invalid')
  return header
}

/**
 * The command of a writing request. The fingerprint is keyed with a secret of the house: it is kept in the table, and a plain hash of a body
 * that holds a resident ID could be searched for.
 */
export function commandOf(
  personId: string,
  route: Route,
  key: string,
  asked: { params: unknown; query: unknown; body: unknown },
  secret: string,
): Command {
  return {
    id: createHash('sha256')
      .update(JSON.stringify([personId, route.name, key]))
      .digest('hex'),
    fingerprint: createHmac('sha256', secret)
      .update(`fingerprint\n${canonical(asked)}`)
      .digest('hex'),
    route: route.name,
  }
}

/** One spelling for equal values: names in order, bytes by their hash. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Uint8Array) return createHash('sha256').update(inner).digest('hex')
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
