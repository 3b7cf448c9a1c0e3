import path from 'node:path'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { bundle } from '@skills/infra/bundle.ts'
import { functionKeys, functions, type FunctionKey } from '@skills/infra/functions.ts'
import { functionsOf, list, statementsOf, synthesize, type Templates } from './templates.ts'

/** The right each command of the SDK needs. What a transaction needs depends on its parts and is tried on the running house. */
const rightOf: Record<string, string> = {
  GetCommand: 'dynamodb:GetItem',
  BatchGetCommand: 'dynamodb:BatchGetItem',
  QueryCommand: 'dynamodb:Query',
  paginateQuery: 'dynamodb:Query',
  ScanCommand: 'dynamodb:Scan',
  PutCommand: 'dynamodb:PutItem',
  UpdateCommand: 'dynamodb:UpdateItem',
  DeleteCommand: 'dynamodb:DeleteItem',
  GenerateDataKeyCommand: 'kms:GenerateDataKey',
  DecryptCommand: 'kms:Decrypt',
  GenerateMacCommand: 'kms:GenerateMac',
  GetObjectCommand: 's3:GetObject',
  PutObjectCommand: 's3:PutObject',
  DeleteObjectCommand: 's3:DeleteObject',
  PublishCommand: 'sns:Publish',
  SendEmailCommand: 'ses:SendEmail',
}
/** In the code and never called there. */
const idle: Partial<Record<FunctionKey, readonly string[]>> = {
  // They open sealed mobiles; the same vault could seal and hash, which only `people` does.
  'dispatch-outbox': ['kms:GenerateDataKey', 'kms:GenerateMac'],
  redeliver: ['kms:GenerateDataKey', 'kms:GenerateMac'],
  'sweep-notices': ['kms:GenerateDataKey', 'kms:GenerateMac'],
  notices: ['kms:GenerateMac'],
  // A name is opened for who may see it; nothing is sealed or hashed there.
  quality: ['kms:GenerateDataKey', 'kms:GenerateMac'],
  roster: ['kms:GenerateDataKey', 'kms:GenerateMac'],
  // It only compares keyed hashes; nobody's data is opened by a roster.
  'import-roster': ['kms:GenerateDataKey', 'kms:Decrypt'],
}

/** Read where there is one, and left out on purpose. */
const untold: Partial<Record<FunctionKey, readonly string[]>> = {
  // `settle-payments` compares each day's orders in the cloud; asking the provider for every order ever is for the command on one machine.
  'check-books': ['STRIPE_SECRET_KEY'],
}

let templates: Templates
const code = new Map<string, string>()

beforeAll(async () => {
  await bundle()
  // A deployment that sends mail; one that does not gives nobody the right (`mail.test.ts`).
  templates = synthesize({ mailFrom: 'notices@skills.example' })
  const { outputFiles } = await build({
    absWorkingDir: path.resolve(import.meta.dirname, '../..'),
    entryPoints: functionKeys.map((key) => ({ in: functions[key].entry, out: key })),
    outdir: 'nowhere',
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    treeShaking: true,
    external: ['@aws-sdk/*'],
  })
  for (const file of outputFiles) code.set(path.basename(file.path, '.js'), file.text)
}, 300_000)

test.each(functionKeys)('%s may do all that its code asks of AWS', (key) => {
  const asked = [...(code.get(key) ?? '').matchAll(/\b(?:new )?([A-Z]\w*Command|paginateQuery)\(/g)].map(([, command]) => command ?? '')
  const unknown = asked.filter((command) => rightOf[command] === undefined && command !== 'TransactWriteCommand')
  expect(unknown).toEqual([])
  const lambda = functionsOf(templates).get(key)
  const may = lambda ? statementsOf(templates, lambda).flatMap((statement) => list(statement.Action)) : []
  const needed = new Set(asked.flatMap((command) => rightOf[command] ?? []))
  expect([...needed].filter((right) => !may.includes(right) && !idle[key]?.includes(right))).toEqual([])
})

test.each(functionKeys)('%s is told every variable its code reads', (key) => {
  const text = code.get(key) ?? ''
  const told = (of: FunctionKey) => Object.keys(functionsOf(templates).get(of)?.Properties.Environment.Variables ?? {})
  const known = new Set(functionKeys.flatMap(told))
  const read = [...known].filter((name) => new RegExp(`process\\.env(\\.|\\[['"])${name}\\b|: ['"]${name}['"]`).test(text))
  expect(read.length).toBeGreaterThan(0)
  expect(read.filter((name) => !told(key).includes(name) && !untold[key]?.includes(name))).toEqual([])
})
