import { existsSync } from 'node:fs'
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { DataStack } from './data-stack.ts'
import { Door } from './door.ts'
import type { EdgeStack } from './edge-stack.ts'
import { Gateway } from './gateway.ts'
import { Pages } from './pages.ts'
import { publishSite } from './publish-site.ts'
import type { Settings } from './settings.ts'
import { signIn, type SignIn } from './sign-in.ts'

/** The public address and what stands at it: pages, catalog, gateway, and the client people sign in through. */
export class SiteStack extends Stack {
  readonly publicUrl: string
  readonly bucket: Bucket
  readonly gateway: Gateway
  readonly signIn: SignIn

  constructor(scope: Construct, id: string, settings: Settings, data: DataStack, edge: EdgeStack | undefined, props: StackProps) {
    super(scope, id, props)
    if (edge) this.addStackDependency(edge)
    this.gateway = new Gateway(this, 'Gateway', settings)
    const pages = new Pages(this, 'Pages', settings)
    this.bucket = pages.bucket
    const door = new Door(this, 'Door', {
      settings,
      pagesDomain: pages.distribution.distributionDomainName,
      apiDomain: this.gateway.domainName,
      originSecret: data.originSecret.secretValue.unsafeUnwrap(),
      // Pages fetch tokens from the issuer and send files to their bucket.
      tokenOrigins: [...tokenOrigins(settings, data), `https://${data.files.bucketRegionalDomainName}`],
      webAclArn: edge?.webAclArn,
    })
    this.publicUrl = `https://${settings.domain?.name ?? door.distribution.distributionDomainName}`
    this.signIn = signIn(this, settings, data.userPool, this.publicUrl)
    publishSite(this, {
      bucket: this.bucket,
      distribution: door.distribution,
      folder: existsSync(settings.builtSite) ? settings.builtSite : undefined,
      config: {
        issuer: this.signIn.issuer,
        clientId: this.signIn.clientId,
        audience: settings.audience,
        scope: this.signIn.scope,
        stage: settings.stage.name,
      },
      logRetention: settings.stage.logRetention,
      removal: settings.stage.removal,
    })
    new CfnOutput(this, 'PublicUrl', { value: this.publicUrl })
  }
}

/** Where the site fetches keys and tokens: the issuer, and with Cognito its second origin. */
function tokenOrigins(settings: Settings, data: DataStack): string[] {
  if (settings.outsideIssuer) return [new URL(settings.outsideIssuer.issuer).origin]
  const pool = data.userPool
  return pool ? [pool.issuerOrigin, pool.origin] : []
}
