import type { ApiHandler } from '@skills/http/api.ts'
import { startIssuer, type Issuer } from '@skills/http/test-issuer.ts'
import { afterAll, beforeAll, vi } from 'vitest'
import { dataKey, macKey, startScene, type Scene } from './people-scene.ts'

/** A handler as the cloud starts it: from its environment, with a real table, KMS and tokens. */
export interface RealHandler {
  scene: Scene
  issuer: Issuer
  handler: ApiHandler
}

/** The handler for a file's tests, there from before the first to after the last. In: how its file is imported, after the environment is set. */
export function useRealHandler(load: () => Promise<{ handler: ApiHandler }>): RealHandler {
  const real = {} as RealHandler
  beforeAll(async () => {
    real.scene = await startScene()
    real.issuer = await startIssuer()
    const { config } = real.issuer
    Object.assign(process.env, real.scene.doubles.env, {
      STAGE: config.stage,
      TABLE: real.scene.world.table.name,
      OIDC_ISSUER: config.issuer,
      OIDC_AUDIENCE: config.audience,
      OIDC_CLIENT_ID: config.clientId,
      OIDC_JWKS_URL: config.jwksUrl,
      PERSON_NAMESPACE: config.personNamespace,
      ORIGIN_SECRET: config.originSecret,
      CURSOR_SECRET: config.cursorSecret,
      PUBLIC_URL: config.publicUrl,
      DATA_KEY: dataKey,
      MAC_KEY: macKey,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: real.scene.endpoint,
    })
    real.handler = (await load()).handler
  })
  afterAll(async () => {
    await real.issuer.stop()
    await real.scene.stop()
  })
  return real
}

/** Everything that this process writes out while `work` runs. */
export async function captured(work: () => Promise<void>): Promise<string> {
  let text = ''
  const keep = (piece: unknown) => {
    text += String(piece)
    return true
  }
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(keep), vi.spyOn(process.stderr, 'write').mockImplementation(keep)]
  const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...pieces) => void keep(pieces.map(String).join(' '))),
  )
  await work().finally(() => [...spies, ...consoles].forEach((spy) => spy.mockRestore()))
  return text
}
