import { Aws } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Permissions } from './permissions.ts'

/** What permissions can be about. */
export interface Grounds {
  tableArn: string
  dataKey: IKey
  macKey: IKey
  siteBucketArn: string
  filesBucketArn: string
  /** The identity of SES that mail is sent from, or undefined where none is. */
  mailIdentityArn: string | undefined
}

/** Why a resource of a policy ends in a star, by the resource as the policy spells it. */
export type Wildcards = Record<string, string>

/** The policy statements that say what `permissions` says, each on the narrowest resource AWS knows for it, and the reasons of their stars. */
export function grants(permissions: Permissions, grounds: Grounds): { statements: PolicyStatement[]; wildcards: Wildcards } {
  const statements: PolicyStatement[] = []
  const objects = (permissions.site ?? []).map((prefix) => `${grounds.siteBucketArn}/${prefix}*`)
  const allow = (service: string, actions: readonly string[], resources: string[]) =>
    statements.push(new PolicyStatement({ actions: actions.map((action) => `${service}:${action}`), resources }))

  if (permissions.table) allow('dynamodb', permissions.table, [grounds.tableArn])
  for (const index of permissions.indexes ?? []) allow('dynamodb', ['Query'], [`${grounds.tableArn}/index/${index}`])
  if (permissions.dataKey) allow('kms', permissions.dataKey, [grounds.dataKey.keyArn])
  if (permissions.macKey) allow('kms', permissions.macKey, [grounds.macKey.keyArn])
  if (permissions.site) {
    allow('s3', ['GetObject', 'PutObject', 'DeleteObject'], objects)
    // Without this right S3 answers "forbidden" instead of "not there" when an object does not exist yet.
    allow('s3', ['ListBucket'], [grounds.siteBucketArn])
  }
  const files = permissions.files ? ['incoming/*', 'kept/*'].map((name) => `${grounds.filesBucketArn}/${name}`) : []
  if (permissions.files) {
    allow('s3', ['GetObject', 'PutObject', 'DeleteObject'], files)
    // As above: what is not there must not read “forbidden”.
    allow('s3', ['ListBucket'], [grounds.filesBucketArn])
  }
  if (permissions.textMessages)
    // A phone number is no resource, so publishing to one can be allowed only by excluding everything that is: all topics.
    statements.push(new PolicyStatement({ actions: ['sns:Publish'], notResources: [`arn:${Aws.PARTITION}:sns:*:*:*`] }))
  if (permissions.mail && grounds.mailIdentityArn !== undefined) allow('ses', ['SendEmail'], [grounds.mailIdentityArn])
  return {
    statements,
    wildcards: Object.fromEntries([
      ...objects.map((arn) => [arn, 'Objects are named after courses that come and go; only this prefix of the bucket is written.']),
      ...files.map((arn) => [arn, 'Objects are named after the files people send; nothing else lies in this bucket.']),
    ]),
  }
}
