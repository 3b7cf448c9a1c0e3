import path from 'node:path'
import type { Node } from 'constructs'
import { stages, type StageName, type StageSettings } from './stages.ts'

/** An OpenID Connect issuer that is not ours. Its access tokens must carry `auth_time`, or whatever asks for a recent sign-in is refused. */
interface OutsideIssuer {
  issuer: string
  audience: string
  clientId: string
  jwksUrl: string
  /** The scope an access token must carry, and what the site asks for. */
  apiScope: string
  scope: string
}

export interface Settings {
  stage: StageSettings
  /** Absent: a Cognito user pool is made. */
  outsideIssuer: OutsideIssuer | undefined
  /** The name tokens are made out to. */
  audience: string
  /** The public name and its certificate (in us-east-1); absent: CloudFront's own name. */
  domain: { name: string; certificateArn: string } | undefined
  /** Whether CloudFront is guarded by WAF. Only China regions (`-c waf=false`) must do without. */
  waf: boolean
  /** The folder of the built site; before the first build it does not exist, and only `config.json` is published. */
  builtSite: string
  /** Limits of a person and an employer that differ from the house's own, as JSON; empty: none do. */
  limits: string
  /** The address that mail to people is sent from; its domain must be a verified identity of SES in this region. Absent: no mail is sent. */
  mailFrom: string | undefined
  /** Who is written to when an alarm speaks. */
  alarmEmail: string | undefined
}

const defaultAudience = 'https://skills-supermarket.example/api'

/** A sender's address, or undefined; anything else stops the synthesis, because its domain names the right to send. */
function mailAddress(given: string | undefined): string | undefined {
  if (given !== undefined && !/^[^@\s]+@[a-z0-9.-]+\.[a-z]{2,}$/.test(given)) throw new Error(`Context "mailFrom" is no mail address`)
  return given
}

/** Reads the settings of this deployment from the context (`cdk.json`, `-c name=value`). Wrong or half settings stop the synthesis. */
export function readSettings(node: Node): Settings {
  const text = (name: string): string | undefined => {
    const value: unknown = node.tryGetContext(name)
    return value === undefined || value === '' ? undefined : String(value)
  }
  const needed = (name: string, because: string): string => {
    const value = text(name)
    if (value === undefined) throw new Error(`Context "${name}" is missing: ${because}. Give it with -c ${name}=…`)
    return value
  }

  const stageName = text('stage') ?? 'dev'
  if (!Object.hasOwn(stages, stageName))
    throw new Error(`Context "stage" is "${stageName}"; it must be one of ${Object.keys(stages).join(', ')}`)
  const audience = text('audience') ?? defaultAudience
  const issuer = text('issuer')
  const domain = text('domain')
  return {
    stage: stages[stageName as StageName],
    audience,
    outsideIssuer:
      issuer === undefined
        ? undefined
        : {
            issuer,
            audience,
            clientId: needed('clientId', 'an issuer is given'),
            jwksUrl: needed('jwksUrl', 'an issuer is given'),
            apiScope: text('apiScope') ?? 'api',
            scope: text('scope') ?? 'openid offline_access api',
          },
    domain: domain === undefined ? undefined : { name: domain, certificateArn: needed('certificateArn', 'a domain is given') },
    waf: text('waf') !== 'false',
    builtSite: path.resolve(import.meta.dirname, '..', text('site') ?? 'site/dist'),
    limits: text('limits') ?? '',
    mailFrom: mailAddress(text('mailFrom')),
    alarmEmail: text('alarmEmail'),
  }
}
