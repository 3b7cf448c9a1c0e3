/** What this repository uses of oidc-provider 9, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'
  export interface Context {
    body: unknown
    type: string
    status: number
    set(name: string, value: string): void
    oidc: {
      provider: Provider
      client: { clientId: string }
      entities: { AuthorizationCode?: { authTime?: number }; RefreshToken?: { authTime?: number } }
      params?: Record<string, string | undefined>
      session: { accountId?: string; grantIdFor(clientId: string): string | undefined }
      result?: { consent?: { grantId?: string } }
    }
  }
  export interface Grant {
    accountId?: string
    addOIDCScope(scope: string): void
    addResourceScope(resource: string, scope: string): void
    save(): Promise<string>
  }
  export interface Interaction {
    uid: string
    prompt: { name: string; details: Record<string, unknown> }
    params: Record<string, unknown>
  }
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    Grant: { new (parts: { clientId: string; accountId: string | undefined }): Grant; find(id: string): Promise<Grant | undefined> }
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
      options?: { mergeWithLastSubmission?: boolean },
    ): Promise<void>
    on(event: string, listener: (...parts: never[]) => void): void
  }
  export const errors: { InvalidTarget: new () => Error }
}
