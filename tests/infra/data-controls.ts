import { indexes } from '@skills/core/keys.ts'
import { unless, type Control } from './control.ts'
import { ofType, one, text, type Json, type Templates } from './templates.ts'

const table = (templates: Templates) => one(templates, 'AWS::DynamoDB::GlobalTable')

export const dataControls: Record<string, Control> = {
  'the table can be restored to any moment of the last 35 days': {
    check: (templates) => {
      const recovery = table(templates).Properties.Replicas[0].PointInTimeRecoverySpecification
      return unless(recovery?.PointInTimeRecoveryEnabled === true && recovery.RecoveryPeriodInDays === 35, 'no point-in-time recovery')
    },
    remove: (templates) => delete table(templates).Properties.Replicas[0].PointInTimeRecoverySpecification,
  },
  'the table cannot be deleted by accident': {
    check: (templates) => unless(table(templates).Properties.Replicas[0].DeletionProtectionEnabled === true, 'no deletion protection'),
    remove: (templates) => void (table(templates).Properties.Replicas[0].DeletionProtectionEnabled = false),
  },
  'what holds data, keys and accounts outlives its stack': {
    check: (templates) =>
      [
        'AWS::DynamoDB::GlobalTable',
        'AWS::KMS::Key',
        'AWS::SecretsManager::Secret',
        'AWS::Cognito::UserPool',
        'AWS::S3::Bucket',
        'AWS::SQS::Queue',
        'AWS::Logs::LogGroup',
      ].flatMap((type) => {
        const found = ofType(templates, type)
        return [
          ...unless(found.length > 0, `no ${type}`),
          ...found.filter((kept) => kept.DeletionPolicy !== 'Retain').map(({ id }) => `${id} is deleted`),
        ]
      }),
    remove: (templates) => void (one(templates, 'AWS::KMS::Key').DeletionPolicy = 'Delete'),
  },
  'the table has the indexes, stream and expiry the code counts on': {
    check: (templates) => {
      const { Properties } = table(templates)
      const made = Properties.GlobalSecondaryIndexes.map((index: Json) =>
        [index.IndexName, ...index.KeySchema.map((key: Json) => key.AttributeName)].join(),
      )
      const asked = Object.values(indexes).map((index) => [index.name, index.pk, index.sk].join())
      return [
        ...unless(text(made.toSorted()) === text(asked.toSorted()), `indexes are ${made.join(' ')}`),
        ...unless(Properties.StreamSpecification.StreamViewType === 'NEW_AND_OLD_IMAGES', 'no stream of both images'),
        ...unless(Properties.TimeToLiveSpecification.AttributeName === 'expiresAt', 'no expiry'),
      ]
    },
    remove: (templates) => void (table(templates).Properties.GlobalSecondaryIndexes[0].IndexName = 'by-run'),
  },
  'both buckets are private: one distribution reads that of the site, nobody that of files, and all through HTTPS': {
    check: (templates) => {
      const buckets = ofType(templates, 'AWS::S3::Bucket')
      const statements = ofType(templates, 'AWS::S3::BucketPolicy').flatMap(
        (policy) => policy.Properties.PolicyDocument.Statement as Json[],
      )
      const allowed = statements.filter((statement) => statement.Effect === 'Allow')
      return [
        ...unless(buckets.length === 2, 'another bucket'),
        ...buckets.flatMap(({ Properties: is }) => [
          ...unless(Object.values(is.PublicAccessBlockConfiguration ?? { none: false }).every(Boolean), 'public access is possible'),
          ...unless(is.VersioningConfiguration?.Status === 'Enabled', 'no versions'),
        ]),
        ...unless(
          statements.filter((statement) => statement.Effect === 'Deny' && statement.Condition?.Bool?.['aws:SecureTransport'] === 'false')
            .length === buckets.length,
          'plain HTTP',
        ),
        ...allowed
          .filter(
            (statement) =>
              statement.Action !== 's3:GetObject' ||
              !text(statement.Condition?.StringEquals?.['AWS:SourceArn'] ?? '').includes('PagesDistribution'),
          )
          .map((statement) => `allows ${text(statement)}`),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::S3::Bucket').Properties.PublicAccessBlockConfiguration,
  },
  'sign-in is by code with PKCE: a public client without secret, refresh tokens used once': {
    check: (templates) => {
      const is = one(templates, 'AWS::Cognito::UserPoolClient').Properties
      return [
        ...unless(is.GenerateSecret === false && text(is.AllowedOAuthFlows) === '["code"]', 'another flow'),
        ...unless(
          is.RefreshTokenRotation?.Feature === 'ENABLED' && !is.ExplicitAuthFlows.includes('ALLOW_REFRESH_TOKEN_AUTH'),
          'refresh tokens live on',
        ),
      ]
    },
    remove: (templates) => delete one(templates, 'AWS::Cognito::UserPoolClient').Properties.RefreshTokenRotation,
  },
}
