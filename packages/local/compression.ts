import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Answer } from './http-answer.ts'
import { isCompressible } from './media-types.ts'

const squeeze = { br: promisify(brotliCompress), gzip: promisify(gzip) }
/** The best a visitor waits for, not the best there is. */
const options = { br: { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }, gzip: { level: 7 } }
/** What a file became; forgotten with the file. */
const done = new WeakMap<Buffer, Map<string, Buffer>>()

/** Compresses an answer where the visitor understands it and CloudFront would: Brotli before gzip. */
export async function compress(request: IncomingMessage, answer: Answer): Promise<Answer> {
  const type = String(answer.headers['content-type'] ?? '')
  const size = typeof answer.body === 'string' ? Buffer.byteLength(answer.body) : answer.body.length
  if (!isCompressible(type, size) || answer.headers['content-encoding'] !== undefined) return answer
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const headers = {
    ...answer.headers,
    vary: answer.headers['vary'] ? `${String(answer.headers['vary'])}, accept-encoding` : 'accept-encoding',
  }
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
  if (encoding === undefined) return { ...answer, headers }
  const kept = typeof answer.body === 'string' ? undefined : (done.get(answer.body) ?? new Map<string, Buffer>())
  const body =
    kept?.get(encoding) ?? (encoding === 'br' ? await squeeze.br(answer.body, options.br) : await squeeze.gzip(answer.body, options.gzip))
  if (kept && typeof answer.body !== 'string') done.set(answer.body, kept.set(encoding, body))
  const { etag } = headers as { etag?: string }
  return {
    ...answer,
    body,
    headers: { ...headers, 'content-encoding': encoding, ...(etag && !etag.startsWith('W/') && { etag: `W/${etag}` }) },
  }
}
