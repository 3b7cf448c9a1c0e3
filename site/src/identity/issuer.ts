import type * as OAuth from 'oauth4webapi'

/** `/config.json`: who signs people in here. */
interface Config {
  issuer: string
  clientId: string
  audience: string
  scope: string
  stage: string
}

let config: Promise<Config> | undefined
const loadConfig = () =>
  (config ??= fetch('/config.json').then(async (response) => {
    if (!response.ok) throw new Error(`config ${response.status}`)
    return (await response.json()) as Config
  }))

export interface Issuer {
  oauth: typeof OAuth
  config: Config
  server: OAuth.AuthorizationServer
  client: OAuth.Client
  /** Plain http is allowed towards this very machine only. */
  options: { [OAuth.allowInsecureRequests]: boolean }
}

let issuer: Promise<Issuer> | undefined

/** The issuer as it describes itself. Its library is loaded only when somebody signs in, refreshes or signs out. */
export function openIssuer(): Promise<Issuer> {
  issuer ??= (async () => {
    const [oauth, settings] = await Promise.all([import('oauth4webapi'), loadConfig()])
    const address = new URL(settings.issuer)
    const options = { [oauth.allowInsecureRequests]: ['localhost', '127.0.0.1'].includes(address.hostname) }
    const server = await oauth.processDiscoveryResponse(address, await oauth.discoveryRequest(address, { ...options, algorithm: 'oidc' }))
    return { oauth, config: settings, server, client: { client_id: settings.clientId }, options }
  })()
  issuer.catch(() => (issuer = undefined))
  return issuer
}
