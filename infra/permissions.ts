import type { FunctionKey } from './functions.ts'

/** TransactWriteItems and TransactGetItems are no actions of their own: each part needs the action of its kind. */
type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'Scan' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem'
export type IndexName = 'roster-of-run' | 'due' | 'audit-by-actor'

export interface Permissions {
  /** On the table's items. */
  table?: readonly TableAction[]
  /** Which indexes may be queried. */
  indexes?: readonly IndexName[]
  /** On the key that wraps personal data. */
  dataKey?: readonly ('GenerateDataKey' | 'Decrypt')[]
  /** On the key that makes keyed hashes. */
  macKey?: readonly 'GenerateMac'[]
  /** Reading, writing and taking away objects of the site bucket under these prefixes. */
  site?: readonly string[]
  /** Reading, writing and taking away people's files. */
  files?: true
  /** Sending text messages to phone numbers, and to no topic. */
  textMessages?: true
  /** Sending mail from the identity of this deployment. */
  mail?: true
}

/** What each function may do, and nothing else. A function without a line does not compile. */
export const permissions: Record<FunctionKey, Permissions> = {
  docs: {},
  catalog: {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
  },
  'import-catalog': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  'claim-seat': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] },
  enrollment: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  orders: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  files: {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
    files: true,
    site: ['catalog/pictures/'],
  },
  provider: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  'stripe-webhook': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] },
  waitlist: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  sponsor: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  'import-roster': {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    macKey: ['GenerateMac'],
  },
  employer: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] },
  instructor: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  planning: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  payout: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] },
  roster: {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
    indexes: ['roster-of-run'],
    dataKey: ['Decrypt'],
  },
  audit: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'], indexes: ['audit-by-actor'] },
  rating: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] },
  timetable: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] },
  attendance: {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    indexes: ['roster-of-run'],
  },
  quality: {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    dataKey: ['Decrypt'],
  },
  people: {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    dataKey: ['GenerateDataKey', 'Decrypt'],
    macKey: ['GenerateMac'],
  },
  notices: {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
    dataKey: ['GenerateDataKey', 'Decrypt'],
    mail: true,
  },
  messages: { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] },
  'sweep-notices': {
    table: ['GetItem', 'BatchGetItem', 'Query', 'UpdateItem'],
    indexes: ['due'],
    dataKey: ['Decrypt'],
    textMessages: true,
    mail: true,
  },
  'publish-catalog': {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
    site: ['catalog/', 'courses/', 'en/courses/'],
  },
  'dispatch-outbox': {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    dataKey: ['Decrypt'],
    textMessages: true,
    mail: true,
  },
  redeliver: {
    table: ['Scan', 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    dataKey: ['Decrypt'],
    textMessages: true,
    mail: true,
  },
  'sweep-files': { table: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], indexes: ['due'], files: true },
  'sweep-standings': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], indexes: ['due'] },
  'sweep-runs': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], indexes: ['due'] },
  'sweep-queue': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], indexes: ['due'] },
  'sweep-crews': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], indexes: ['due'] },
  'sweep-attendance': {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
    indexes: ['due', 'roster-of-run'],
  },
  'sweep-quality': {
    table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'],
    indexes: ['due'],
  },
  'reckon-quality': { table: ['Scan', 'GetItem', 'BatchGetItem', 'Query', 'PutItem'], indexes: ['roster-of-run'] },
  'sweep-funding': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], indexes: ['due'] },
  'settle-payments': { table: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'ConditionCheckItem'], indexes: ['due'] },
  'check-books': { table: ['Scan'] },
  'appoint-operator': { table: ['GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'] },
}
