import { createServer } from 'node:http'
import { join } from 'node:path'
import { readAssembly, type Assembly } from '@skills/local/assembly.ts'
import { createFunctions, type Functions } from '@skills/local/functions.ts'
import { createGateway } from '@skills/local/gateway.ts'
import { openSecrets } from '@skills/local/secrets.ts'

/** What the service is told on its command line. */
export interface ServiceParts {
  cdkOut: string
  dataDir: string
  port: number
  issuer: string
  jwksUrl: string
  /** As `createFunctions` has them. */
  env: Record<string, string>
  replace: Record<string, string>
}

/** The functions of the synthesized templates; none runs before it is asked. */
export function functionsOf({ cdkOut, dataDir, env, replace }: ServiceParts): { assembly: Assembly; functions: Functions } {
  const assembly = readAssembly(cdkOut, openSecrets(join(dataDir, 'secrets.json')))
  return { assembly, functions: createFunctions(assembly, { logs: join(dataDir, 'logs'), env, replace, concurrency: () => 2 }) }
}

/** The gateway with its functions, and `POST /-/<function>` for what a schedule would call. Says `ready` when it listens. Its process is there to be killed. */
function serve(parts: ServiceParts): void {
  const { assembly, functions } = functionsOf(parts)
  const gateway = createGateway(assembly, functions, parts)
  const originSecret = functions.all.find(({ config }) => config.env['ORIGIN_SECRET'])?.config.env['ORIGIN_SECRET'] ?? ''
  const server = createServer((request, response) => {
    const swept = /^\/-\/([a-z-]+)$/.exec(request.url ?? '')?.[1]
    if (swept === undefined)
      return gateway.handle(request, response, { headers: { 'x-origin-secret': originSecret }, finish: (_, answer) => answer })
    void functions
      .byKey(swept)
      .invoke('{}')
      .then(({ payload, failed }) => response.writeHead(failed ? 500 : 200).end(payload))
  })
  server.listen(parts.port, '127.0.0.1', () => console.log('ready'))
}

const parts = process.argv[2]
if (import.meta.main && parts !== undefined) serve(JSON.parse(parts) as ServiceParts)
