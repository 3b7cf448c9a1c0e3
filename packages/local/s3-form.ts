import { sameText, signatureOf } from './s3-signature.ts'

/** What S3 says to a form that it does not take: status and code. */
export interface FormFault {
  status: number
  code: string
}

/** What a form brings: where to put it, its type, its bytes, and the status that was asked for. */
export interface FormFile {
  key: string
  type: string
  bytes: Buffer
  status: number
}

/** Fields that a policy need not name (Amazon S3 API, "POST policy"). */
const unnamed = /^(policy|x-amz-signature|file|x-ignore-.*)$/i

/**
 * Takes a form as S3 takes one: the policy must be signed, not over, and say every field exactly; the file must be as long as it says. `fauxqs`, a server of S3 from npm, takes any form
 * without reading its policy, so a test against it would prove nothing.
 */
export function readForm(form: FormData, bucket: string, bytes: Buffer | undefined, secret: string, now: number): FormFile | FormFault {
  const field = (name: string) => {
    const found = [...form.keys()].find((key) => key.toLowerCase() === name.toLowerCase())
    const value = found === undefined ? undefined : form.get(found)
    return typeof value === 'string' ? value : ''
  }
  const denied = { status: 403, code: 'AccessDenied' }
  const text = field('policy')
  if (bytes === undefined) return { status: 400, code: 'InvalidArgument' }
  if (text === '') return denied
  if (!sameText(field('x-amz-signature'), signatureOf(text, secret, field('x-amz-credential'))))
    return { status: 403, code: 'SignatureDoesNotMatch' }
  const { expiration, conditions } = JSON.parse(Buffer.from(text, 'base64').toString()) as { expiration: string; conditions: unknown[] }
  if (!(Date.parse(expiration) > now)) return denied
  const named = new Set<string>()
  for (const condition of conditions) {
    if (Array.isArray(condition) && condition[0] === 'content-length-range') {
      if (bytes.length < Number(condition[1])) return { status: 400, code: 'EntityTooSmall' }
      if (bytes.length > Number(condition[2])) return { status: 400, code: 'EntityTooLarge' }
      continue
    }
    const pairs: [string, string, string][] = Array.isArray(condition)
      ? [[String(condition[0]), String(condition[1]).replace(/^\$/, ''), String(condition[2])]]
      : Object.entries(condition as Record<string, string>).map(([name, value]) => ['eq', name, value])
    for (const [how, name, value] of pairs) {
      named.add(name.toLowerCase())
      const is = name === 'bucket' ? bucket : field(name)
      if (how === 'starts-with' ? !is.startsWith(value) : is !== value) return denied
    }
  }
  if ([...form.keys()].some((name) => !unnamed.test(name) && !named.has(name.toLowerCase()))) return denied
  return { key: field('key'), type: field('content-type'), bytes, status: Number(field('success_action_status')) || 204 }
}
