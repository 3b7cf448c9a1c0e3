const variables = {
  stage: 'STAGE',
  table: 'TABLE',
  issuer: 'OIDC_ISSUER',
  audience: 'OIDC_AUDIENCE',
  clientId: 'OIDC_CLIENT_ID',
  jwksUrl: 'OIDC_JWKS_URL',
  personNamespace: 'PERSON_NAMESPACE',
  originSecret: 'ORIGIN_SECRET',
  cursorSecret: 'CURSOR_SECRET',
  publicUrl: 'PUBLIC_URL',
} as const

/** What every function that answers HTTP is told by its environment. */
export type Config = Readonly<Record<keyof typeof variables, string>>

/** Reads the environment once, at start. A missing variable stops the function then and there and is named. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const read = (variable: string) => {
    const value = environment[variable]
    if (value === undefined || value === '') throw new Error(`The environment variable ${variable} is missing`)
    return value
  }
  return Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, read(variable)])) as Config
}
