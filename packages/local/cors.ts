import type { IncomingMessage } from 'node:http'
import type { Answer } from './http-answer.ts'

export interface Cors {
  /** The gateway's own answer to a preflight request, undefined for any other request. */
  preflight(request: IncomingMessage): Answer | undefined
  decorate(request: IncomingMessage, headers: Record<string, string | string[] | number>): void
}

interface CorsConfiguration {
  AllowOrigins?: string[]
  AllowMethods?: string[]
  AllowHeaders?: string[]
  ExposeHeaders?: string[]
  MaxAge?: number
  AllowCredentials?: boolean
}

/** Cross-origin requests as an HTTP API's CORS configuration allows them. */
export function readCors(value: unknown): Cors | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const config = value as CorsConfiguration
  const allowed = (request: IncomingMessage): string | undefined => {
    const { origin } = request.headers
    if (origin === undefined) return undefined
    if (config.AllowOrigins?.includes('*')) return '*'
    return config.AllowOrigins?.includes(origin) ? origin : undefined
  }
  const common = (origin: string): Record<string, string> => ({
    'access-control-allow-origin': origin,
    ...(config.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(origin !== '*' && { vary: 'origin' }),
  })
  return {
    preflight(request) {
      if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return undefined
      const origin = allowed(request)
      if (origin === undefined) return { status: 204, headers: {}, body: '' }
      return {
        status: 204,
        headers: {
          ...common(origin),
          'access-control-allow-methods': (config.AllowMethods ?? []).join(','),
          'access-control-allow-headers': (config.AllowHeaders ?? []).join(','),
          ...(config.MaxAge !== undefined && { 'access-control-max-age': String(config.MaxAge) }),
        },
        body: '',
      }
    },
    decorate(request, headers) {
      const origin = allowed(request)
      if (origin === undefined) return
      Object.assign(headers, common(origin))
      if (config.ExposeHeaders?.length) headers['access-control-expose-headers'] = config.ExposeHeaders.join(',')
    },
  }
}
