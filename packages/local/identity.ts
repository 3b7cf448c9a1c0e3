import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Context, default as Provider } from 'oidc-provider'
import { demoPeople } from './demo-people.ts'
import { style } from './html.ts'
import { openIdentityKeys, publicKeys, type IdentityKeys } from './identity-keys.ts'
import { openIdentityStore } from './identity-store.ts'
import { close, listen } from './ports.ts'
import { problemPage, signInPage, signOutPage, signOutScript } from './sign-in-page.ts'

/** The public client that the site is. */
export const clientId = 'storefront'
export const scope = 'openid offline_access api'

export interface Identity {
  issuer: string
  jwksUrl: string
  keys: IdentityKeys
  stop(): Promise<void>
}

interface Wishes {
  dataDir: string
  port: number
  audience: string
  /** Where the site stands; known only after the edge has its port, so it is asked for late. */
  siteOrigin: () => string
}

/**
 * An OpenID provider on this machine: authorization code with PKCE, JWT access tokens for the API, rotating refresh tokens, sign-out.
 * The provider itself is loaded at the first request for it; keys are answered at once, so that a test which mints its tokens never waits for it.
 */
export async function startIdentity(wishes: Wishes): Promise<Identity> {
  const keys = await openIdentityKeys(join(wishes.dataDir, 'identity-keys.json'))
  const store = openIdentityStore(join(wishes.dataDir, 'identity.json'))
  let loading: Promise<Provider> | undefined
  const jwks = JSON.stringify(publicKeys(keys))
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] as string
    if (path === '/jwks')
      return answer(response, 200, 'application/json', jwks, { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' })
    if (path === '/style.css') return answer(response, 200, 'text/css; charset=utf-8', style, { 'cache-control': 'public, max-age=300' })
    if (path === '/sign-out.js') return answer(response, 200, 'text/javascript', signOutScript)
    const work = (loading ??= createProvider(issuer, keys, store, wishes)).then(async (provider) => {
      if (path.startsWith('/sign-in/')) await signIn(provider, request, response, wishes.siteOrigin())
      else provider.callback()(request, response)
    })
    work.catch((error: unknown) => {
      if (!response.headersSent) sayProblem(response, 400, error instanceof Error ? error.message : 'error', wishes.siteOrigin())
    })
  })
  const port = await listen(server, wishes.port)
  const issuer = `http://localhost:${port}`
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    keys,
    async stop() {
      await close(server)
      store.close()
    },
  }
}

async function createProvider(
  issuer: string,
  keys: IdentityKeys,
  store: ReturnType<typeof openIdentityStore>,
  { audience, siteOrigin }: Wishes,
): Promise<Provider> {
  const { default: OidcProvider, errors } = await import('oidc-provider')
  const site = siteOrigin()
  const provider: Provider = new OidcProvider(issuer, {
    adapter: (model: string) => store.adapter(model),
    jwks: { keys: [keys.signing] },
    cookies: { keys: [keys.cookie] },
    clients: [
      {
        client_id: clientId,
        client_name: '技能培训超市 Skills Supermarket',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [`${site}/sign-in/return/`, `${site}/en/sign-in/return/`],
        post_logout_redirect_uris: [`${site}/`, `${site}/en/`],
      },
    ],
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub', 'name', 'locale'] },
    conformIdTokenClaims: false,
    clientBasedCORS: (_: unknown, origin: string) => origin === site,
    findAccount: (_: unknown, sub: string) => {
      const person = demoPeople.find((one) => one.sub === sub)
      return person && { accountId: sub, claims: () => ({ sub, name: person.name.zh, locale: 'zh-CN' }) }
    },
    interactions: { url: (_: unknown, interaction: { uid: string }) => `/sign-in/${interaction.uid}` },
    // RFC 9068: when the person signed in. Renewed tokens keep it, because a refresh token remembers it.
    extraTokenClaims: ({ oidc }: Context) => ({ auth_time: (oidc.entities.AuthorizationCode ?? oidc.entities.RefreshToken)?.authTime }),
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // A session of the browser may end; the person stays signed in as long as the refresh token lives.
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 3600,
      RefreshToken: 30 * 86_400,
      Interaction: 3600,
      Session: 14 * 86_400,
      Grant: 30 * 86_400,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx: { body: unknown; type: string; set(name: string, value: string): void }, form: string) => {
          ctx.set('content-security-policy', policy(site, "script-src 'self'; "))
          ctx.type = 'html'
          ctx.body = signOutPage(form)
        },
        postLogoutSuccessSource: (ctx: { redirect(to: string): void }) => ctx.redirect(`${site}/`),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_: unknown, resource: string) => {
          if (resource !== audience) throw new errors.InvalidTarget()
          return { scope: 'api', audience, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }
        },
      },
    },
    // The site is the platform's own: nobody is asked whether it may know who they are.
    async loadExistingGrant({ oidc }: Context) {
      const known = oidc.session.grantIdFor(oidc.client.clientId)
      const found = known === undefined ? undefined : await provider.Grant.find(known)
      if (found && found.accountId === oidc.session.accountId) return found
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid offline_access')
      grant.addResourceScope(audience, 'api')
      await grant.save()
      return grant
    },
    renderError(ctx: { body: unknown; type: string; set(name: string, value: string): void }, out: Record<string, string>) {
      ctx.set('content-security-policy', policy(site))
      ctx.type = 'html'
      ctx.body = problemPage(`${out['error']}: ${out['error_description'] ?? ''}`, `${site}/`)
    },
  })
  provider.on('server_error', (_: never, error: never) => console.error('identity:', error))
  return provider
}

async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse, site: string): Promise<void> {
  const interaction = await provider.interactionDetails(request, response)
  if (request.method !== 'POST') {
    const headers = {
      'content-security-policy': policy(site),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    }
    return answer(response, 200, 'text/html; charset=utf-8', signInPage(`/sign-in/${interaction.uid}`), headers)
  }
  const pieces: Buffer[] = []
  for await (const piece of request) {
    pieces.push(piece as Buffer)
    if (pieces.reduce((sum, { length }) => sum + length, 0) > 4_096) throw new Error('the form is too large')
  }
  const sub = new URLSearchParams(Buffer.concat(pieces).toString()).get('person')
  if (!demoPeople.some((person) => person.sub === sub)) return sayProblem(response, 400, '没有这个人物 · No such person', site)
  await provider.interactionFinished(request, response, { login: { accountId: sub, remember: true } }, { mergeWithLastSubmission: false })
}

/** The site is named because a form's answer may lead there. */
function policy(site: string, more = ''): string {
  return `default-src 'none'; style-src 'self'; img-src data:; ${more}form-action 'self' ${site}; frame-ancestors 'none'; base-uri 'none'`
}

function sayProblem(response: ServerResponse, status: number, what: string, site: string): void {
  answer(response, status, 'text/html; charset=utf-8', problemPage(what, `${site}/`), {
    'content-security-policy': policy(site),
    'cache-control': 'no-store',
  })
}

function answer(response: ServerResponse, status: number, type: string, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': type, ...headers }).end(body)
}
