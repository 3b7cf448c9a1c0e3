import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { FunctionKey } from './functions.ts'

export type StageName = 'dev' | 'staging' | 'prod'

export interface StageSettings {
  name: StageName
  /** What holds people's data outlives its stack. */
  removal: RemovalPolicy
  deletionProtection: boolean
  /** How far back the table can be restored, in days (1 to 35). */
  recoveryDays: number
  logRetention: RetentionDays
  /** Alarms look at this many minutes before they speak. */
  alarmMinutes: number
  /** Requests of one address in five minutes. Whole union halls sit behind one address. */
  wafRequestsPerAddress: number
  /** Requests a second of the whole API, and how many may come at once. */
  throttle: { rate: number; burst: number }
  /** Concurrency set aside (and at the same time the upper limit) for a function; a new account has too little to set any aside. */
  reservedConcurrency: Partial<Record<FunctionKey, number>>
  /** Keys are kept this long after somebody asks for their deletion. */
  keyDeletionDelay: Duration
  /** Person ids are derived from this and the token's subject: never change it, or every person becomes a stranger. */
  personNamespace: string
}

const small = {
  removal: RemovalPolicy.DESTROY,
  deletionProtection: false,
  recoveryDays: 1,
  logRetention: RetentionDays.TWO_WEEKS,
  alarmMinutes: 15,
  wafRequestsPerAddress: 3_000,
  throttle: { rate: 200, burst: 400 },
  reservedConcurrency: {},
  keyDeletionDelay: Duration.days(7),
} as const

export const stages: Record<StageName, StageSettings> = {
  dev: { ...small, name: 'dev', personNamespace: 'skills-supermarket/dev' },
  staging: {
    ...small,
    name: 'staging',
    recoveryDays: 7,
    throttle: { rate: 3_000, burst: 3_000 },
    personNamespace: 'skills-supermarket/staging',
  },
  prod: {
    name: 'prod',
    removal: RemovalPolicy.RETAIN,
    deletionProtection: true,
    recoveryDays: 35,
    logRetention: RetentionDays.SIX_MONTHS,
    alarmMinutes: 5,
    wafRequestsPerAddress: 10_000,
    throttle: { rate: 5_000, burst: 5_000 },
    reservedConcurrency: {
      'claim-seat': 300,
      'import-catalog': 5,
      'sweep-runs': 1,
      'sweep-queue': 1,
      'sweep-funding': 1,
      'settle-payments': 1,
      'appoint-operator': 1,
    },
    keyDeletionDelay: Duration.days(30),
    personNamespace: 'skills-supermarket/prod',
  },
}
