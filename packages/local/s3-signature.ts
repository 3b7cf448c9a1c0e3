import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** The signature of a text under a credential scope `<key>/<date>/<region>/<service>/aws4_request` (AWS Signature Version 4), hex. */
export function signatureOf(text: string, secret: string, scope: string): string {
  const [, date = '', region = '', service = '', end = ''] = scope.split('/')
  return hmac(hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), end), text).toString('hex')
}

export function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

/** Whether an address was signed for this method with the secret, for this moment, and for nothing else: path, host and every part of the query count. */
export function presigned(method: string, url: URL, secret: string, now: number): boolean {
  const asked = url.searchParams
  const at = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(asked.get('X-Amz-Date') ?? '')
  const given = asked.get('X-Amz-Signature')
  if (at === null || given === null || asked.get('X-Amz-SignedHeaders') !== 'host') return false
  const [, year, month, day, hour, minute, second] = at.map(Number) as [number, number, number, number, number, number, number]
  const from = Date.UTC(year, month - 1, day, hour, minute, second)
  if (now < from - 60_000 || now > from + Number(asked.get('X-Amz-Expires')) * 1000) return false
  const query = [...asked]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const request = [method, url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n')
  const [, ...scope] = (asked.get('X-Amz-Credential') ?? '').split('/')
  const text = ['AWS4-HMAC-SHA256', asked.get('X-Amz-Date'), scope.join('/'), createHash('sha256').update(request).digest('hex')].join('\n')
  return sameText(given, signatureOf(text, secret, `/${scope.join('/')}`))
}
