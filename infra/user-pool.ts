import { Aws, Duration, Stack } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  type UserPoolDomain,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledgements.ts'
import type { Settings } from './settings.ts'

const apiScope = new ResourceServerScope({ scopeName: 'api', scopeDescription: 'Use the training marketplace' })

/** Cognito as OpenID Connect issuer, for regions that have it. */
export class UserPoolOfTheHouse extends Construct {
  readonly pool: UserPool
  readonly issuer: string
  readonly issuerOrigin: string
  /** Where tokens are fetched: another origin than the issuer. */
  readonly origin: string
  private readonly api: UserPoolResourceServer
  private readonly domain: UserPoolDomain
  private readonly audience: string

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id)
    const { stage, audience } = settings
    this.audience = audience
    this.pool = new UserPool(this, 'Pool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { phone: true, email: true },
      autoVerify: { phone: true, email: true },
      accountRecovery: AccountRecovery.PHONE_AND_EMAIL,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { sms: true, otp: true },
      passwordPolicy: { minLength: 10, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
      deletionProtection: stage.deletionProtection,
      removalPolicy: stage.removal,
    })
    this.domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `skills-${stage.name}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    this.api = this.pool.addResourceServer('Api', { identifier: audience, userPoolResourceServerName: 'api', scopes: [apiScope] })
    const { region, urlSuffix } = Stack.of(this)
    this.issuerOrigin = `https://cognito-idp.${region}.${urlSuffix}`
    this.issuer = `${this.issuerOrigin}/${this.pool.userPoolId}`
    this.origin = this.domain.baseUrl()
    acknowledge(this, {
      'AwsSolutions-COG2':
        'A second factor is offered and not forced: many workers share a phone or change numbers, and claiming a seat must not need it.',
      'AwsSolutions-COG3':
        'Threat protection needs the Plus plan, priced per user; WAF limits guessing, refunds go only to whoever paid, and what sends money or exports asks for a recent sign-in.',
      'AwsSolutions-COG8': 'The Essentials plan has what is used here (managed login, refresh rotation, resource binding).',
      'AwsSolutions-IAM5[Resource::*]':
        'Cognito sends verification codes to phone numbers, which are no resources in IAM. CDK writes this role.',
    })
  }

  get apiScope(): string {
    return `${this.audience}/${apiScope.scopeName}`
  }

  /** The public client of the site: authorization code with PKCE, no secret, refresh tokens used once. */
  storefront(scope: Construct, publicUrl: string): UserPoolClient {
    const client = new UserPoolClient(scope, 'Storefront', {
      userPool: this.pool,
      userPoolClientName: 'storefront',
      generateSecret: false,
      // Managed login needs none of these; without any named, Cognito would allow flows that rule out rotation of refresh tokens.
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(this.api, apiScope)],
        callbackUrls: ['', '/en'].map((language) => `${publicUrl}${language}/sign-in/return/`),
        logoutUrls: [`${publicUrl}/`, `${publicUrl}/en/`],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
      refreshTokenRotationGracePeriod: Duration.seconds(10),
    })
    // Managed login shows no page to a client without a style.
    new CfnManagedLoginBranding(scope, 'StorefrontStyle', {
      userPoolId: this.pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    })
    return client
  }
}
