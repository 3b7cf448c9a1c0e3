import { Refusal, refusals } from '@skills/contract/refusals.ts'
import type { Language } from '@skills/contract/text.ts'
import { plainHeaders, type Reply } from './reply.ts'
import { sentenceOf } from './sentence.ts'

const mostErrors = 20

/**
 * The problem document (RFC 9457) for anything thrown. A `Refusal` answers with its code, sentence, members and field errors (at most 20);
 * everything else is `internal` and says nothing but the request's number. `publicUrl` is where `/problems/<code>/` explains the code.
 */
export function problemReply(error: unknown, told: { requestId: string; language: Language; publicUrl: string }): Reply {
  const refusal = error instanceof Refusal && Object.hasOwn(refusals, error.code) ? error : new Refusal('internal')
  const { status, title, retry } = refusals[refusal.code]
  const { allow, ...members } = refusal.members
  const document = {
    ...members,
    type: `${told.publicUrl}/problems/${refusal.code}/`,
    title: title[told.language],
    status,
    detail: sentenceOf(refusal.code, members)[told.language],
    instance: `urn:request:${told.requestId}`,
    code: refusal.code,
    retry,
    ...(refusal.errors.length > 0 && {
      errors: refusal.errors.slice(0, mostErrors).map(({ pointer, code, detail }) => ({ pointer, code, detail: detail[told.language] })),
    }),
  }
  const headers = plainHeaders(told, 'application/problem+json')
  if (Array.isArray(allow)) headers['allow'] = allow.join(', ')
  if (status === 401) headers['www-authenticate'] = challenge(refusal)
  if (refusal.retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(refusal.retryAfterSeconds))
  return { statusCode: status, headers, body: JSON.stringify(document) }
}

/** What a client that knows no words of ours is told (RFC 6750; RFC 9470 for a sign-in that is too old, its greatest age in seconds). */
function challenge({ code, members }: Refusal): string {
  if (code === 'token-missing') return 'Bearer'
  if (code !== 'step-up-required') return 'Bearer error="invalid_token"'
  return `Bearer error="insufficient_user_authentication", error_description="A more recent sign-in is required", max_age="${Number(members['minutes']) * 60}"`
}

/** The refusal of a body or query with these field errors. */
export const notAccepted = (errors: Refusal['errors']) => new Refusal('validation-failed', { count: errors.length }, { errors })
