import vm from 'node:vm'

export interface ViewerRequest {
  method: string
  uri: string
  querystring: Record<string, { value: string }>
  headers: Record<string, { value: string }>
  cookies: Record<string, { value: string }>
}
export type ViewerAnswer =
  | ViewerRequest
  | { statusCode: number; statusDescription?: string; headers?: Record<string, { value: string }>; body?: string | { data: string } }

/** Compiles a CloudFront function (JavaScript of its own runtime, one global `handler`) to be called for viewers' requests. */
export function compileViewerFunction(code: string): (request: ViewerRequest, ip: string) => Promise<ViewerAnswer> {
  // A world of its own, as there: no modules, no process, no network.
  const handler = vm.runInNewContext(`${code}\n;handler`, { console: { log: () => undefined } }) as (event: unknown) => unknown
  return async (request, ip) => {
    const event = { version: '1.0', context: { eventType: 'viewer-request' }, viewer: { ip }, request, response: { statusCode: 0 } }
    return (await handler(event)) as ViewerAnswer
  }
}
