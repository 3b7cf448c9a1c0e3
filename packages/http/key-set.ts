import http from 'node:http'
import https from 'node:https'
import { Refusal } from '@skills/contract/refusals.ts'
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** Seconds that fetched keys are kept, and between two looks for a key that is not among them. */
const keptSeconds = 600
const cooldownSeconds = 30
const timeoutMs = 3_000
const largestBytes = 256_000

/**
 * The issuer's published keys, fetched when needed and kept. In: where they stand; then the second it is now. Out: a key getter for
 * jose. When the issuer cannot be reached the keys of before are used; without any, nobody gets in (`identity-unavailable`).
 * Fetched by `node:https` and not by jose's own loader: that one loads the whole of `fetch`, 20 ms and more of each cold start.
 */
export function publishedKeys(url: string): (now: number) => JWTVerifyGetKey {
  let keys: JWTVerifyGetKey | undefined
  let fetchedAt = -Infinity
  let triedAt = -Infinity
  let loading: Promise<void> | undefined

  const load = (now: number): Promise<void> => {
    triedAt = now
    loading ??= download(url)
      .then((set) => {
        keys = createLocalJWKSet(set)
        fetchedAt = now
      })
      .finally(() => (loading = undefined))
    return loading
  }

  return (now) => async (header, token) => {
    if (keys === undefined) await load(now).catch(unavailable)
    else if (now - fetchedAt > keptSeconds && now - triedAt > cooldownSeconds) await load(now).catch(() => undefined)
    const known = keys ?? unavailable()
    try {
      return await known(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now - triedAt <= cooldownSeconds) throw error
      // A key we have not seen: the issuer may have changed its keys since.
      await load(now).catch(unavailable)
      return (keys ?? unavailable())(header, token)
    }
  }
}

function unavailable(): never {
  throw new Refusal('identity-unavailable', {}, { retryAfterSeconds: 5 })
}

function download(url: string): Promise<JSONWebKeySet> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).get(
      url,
      { timeout: timeoutMs, headers: { accept: 'application/json' } },
      (response) => {
        const parts: Buffer[] = []
        let bytes = 0
        response.on('data', (part: Buffer) => {
          bytes += part.length
          if (bytes > largestBytes) request.destroy(new Error('the key set is too large'))
          parts.push(part)
        })
        response.on('error', reject)
        response.on('end', () => {
          if (response.statusCode !== 200) return reject(new Error(`the key set answered ${response.statusCode}`))
          try {
            resolve(JSON.parse(Buffer.concat(parts).toString()) as JSONWebKeySet)
          } catch (error) {
            reject(error as Error)
          }
        })
      },
    )
    request.on('timeout', () => request.destroy(new Error('the key set did not answer in time')))
    request.on('error', reject)
  })
}
