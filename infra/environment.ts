import { functions, type EnvironmentGroup, type FunctionKey } from './functions.ts'
import type { House } from './house.ts'

/** The environment variables of a function, by the groups functions.ts names. */
export function environmentOf(key: FunctionKey, house: House): Record<string, string> {
  const groups: Record<EnvironmentGroup, () => Record<string, string>> = {
    base: () => ({
      STAGE: house.settings.stage.name,
      TABLE: house.data.table.tableName,
      PUBLIC_URL: house.site.publicUrl,
      PERSON_NAMESPACE: house.settings.stage.personNamespace,
      OIDC_ISSUER: house.signIn.issuer,
      LIMITS: house.settings.limits,
    }),
    http: () => ({
      OIDC_AUDIENCE: house.settings.audience,
      OIDC_CLIENT_ID: house.signIn.clientId,
      OIDC_JWKS_URL: house.signIn.jwksUrl,
      // Resolved by CloudFormation at deployment; the secret is in no template and no asset.
      ORIGIN_SECRET: house.data.originSecret.secretValue.unsafeUnwrap(),
      CURSOR_SECRET: house.data.cursorSecret.secretValue.unsafeUnwrap(),
    }),
    keys: () => ({ DATA_KEY: house.data.dataKey.keyId, MAC_KEY: house.data.macKey.keyId }),
    payments: () => ({
      STRIPE_SECRET_KEY: house.data.stripeSecret.secretValueFromJson('secretKey').unsafeUnwrap(),
      // One, or two with a comma between while one is replaced by the next.
      STRIPE_WEBHOOK_SECRETS: house.data.stripeSecret.secretValueFromJson('webhookSecrets').unsafeUnwrap(),
      // Empty: Stripe itself. One machine puts the address of its double here.
      STRIPE_ENDPOINT: '',
    }),
    files: () => ({
      FILES_BUCKET: house.data.files.bucketName,
      FILES_ADDRESS: `https://${house.data.files.bucketRegionalDomainName}/`,
    }),
    // Empty: this deployment sends no mail.
    mail: () => ({ MAIL_FROM: house.settings.mailFrom ?? '' }),
    site: () => ({ SITE_BUCKET: house.site.bucket.bucketName }),
  }
  const given = functions[key].environment.map((group) => groups[group]())
  // Read at each cold start, 5 ms: where a person waits for it, the log looks errors up itself (`packages/http/stack-top.ts`).
  const sourceMaps = functions[key].kind === 'api' ? {} : { NODE_OPTIONS: '--enable-source-maps' }
  return Object.assign(sourceMaps, ...given) as Record<string, string>
}
