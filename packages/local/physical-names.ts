import { createHash } from 'node:crypto'
import type { RawResource } from './assembly.ts'

/** Where the one-machine cloud says it is. Nothing is sent there. */
export const region = 'ap-east-1'
export const account = '000000000000'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`

/** The name properties by which a resource of a type is known, when the template gives them. */
const given: Record<string, string> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Events::Rule': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SNS::Topic': 'TopicName',
}

function plainName(stack: string, id: string, raw: RawResource): string {
  const name = raw.Properties?.[given[raw.Type] ?? '']
  return typeof name === 'string' ? name : `${stack}-${id}`
}

/** What `Ref` gives for a resource: stable from run to run, because it stands in the kept data. */
export function nameOf(stack: string, id: string, raw: RawResource): string {
  const name = plainName(stack, id, raw)
  const digest = hash(`${stack}/${id}`)
  switch (raw.Type) {
    case 'AWS::S3::Bucket':
      return name.toLowerCase().slice(0, 63)
    case 'AWS::KMS::Key':
      return [digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-')
    case 'AWS::KMS::Alias':
      return String(raw.Properties?.['AliasName'])
    case 'AWS::SecretsManager::Secret':
      return arn('secretsmanager', `secret:${stack}-${id}-${digest.slice(0, 6)}`)
    case 'AWS::ApiGatewayV2::Api':
      return digest.slice(0, 10)
    case 'AWS::SQS::Queue':
      return `https://sqs.${region}.amazonaws.com/${account}/${name}`
    case 'AWS::SNS::Topic':
      return arn('sns', name)
    default:
      return name
  }
}

/** What `Fn::GetAtt` gives, for the attributes the templates of this repository ask for; `resolve` fills values inside properties. */
export function attributeOf(stack: string, id: string, raw: RawResource, name: string, resolve: (value: unknown) => unknown): unknown {
  const ref = nameOf(stack, id, raw)
  const plain = plainName(stack, id, raw)
  switch (`${raw.Type}.${name}`) {
    case 'AWS::DynamoDB::Table.Arn':
    case 'AWS::DynamoDB::GlobalTable.Arn':
      return arn('dynamodb', `table/${ref}`)
    case 'AWS::DynamoDB::Table.StreamArn':
    case 'AWS::DynamoDB::GlobalTable.StreamArn':
      return arn('dynamodb', `table/${ref}/stream/local`)
    case 'AWS::Lambda::Function.Arn':
      return functionArn(ref)
    case 'AWS::S3::Bucket.Arn':
      return `arn:aws:s3:::${ref}`
    case 'AWS::S3::Bucket.DomainName':
    case 'AWS::S3::Bucket.RegionalDomainName':
      return bucketDomain(ref)
    case 'AWS::KMS::Key.Arn':
      return arn('kms', `key/${ref}`)
    case 'AWS::SQS::Queue.Arn':
      return arn('sqs', plain)
    case 'AWS::SQS::Queue.QueueName':
      return plain
    case 'AWS::ApiGatewayV2::Api.ApiEndpoint':
      return `https://${apiDomain(ref)}`
    case 'AWS::CloudFront::Function.FunctionARN':
      return arn('cloudfront', `function/${ref}`)
    case 'AWS::SecretsManager::Secret.Id':
      return ref
    case 'AWS::CloudFront::Distribution.DomainName':
      return distributionDomain(ref)
    default:
      return raw.Properties && name in raw.Properties
        ? resolve(raw.Properties[name])
        : name === 'Arn'
          ? arn('local', ref)
          : `${ref}.${name.toLowerCase()}`
  }
}

export const distributionDomain = (distribution: string) => `${distribution.toLowerCase()}.cloudfront.net`
export const functionArn = (name: string) => arn('lambda', `function:${name}`)
export const bucketDomain = (bucket: string) => `${bucket}.s3.${region}.amazonaws.com`
export const apiDomain = (api: string) => `${api}.execute-api.${region}.amazonaws.com`
