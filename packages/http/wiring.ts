import type { Actor, Command } from '@skills/contract/actor.ts'
import type { Config } from './config.ts'

/** The first answer of a leased command, as it is kept for replays. */
export interface KeptAnswer {
  status: number
  body: unknown
}

/** What a function gives to its API: the clock, who has which role, and the leases for stories of many transactions. */
export interface Wiring {
  config: Config
  /** The instant now, ISO. */
  now(): string
  newRequestId?: () => string
  membershipsOf(personId: string): Promise<Actor['memberships']>
  leases?: {
    /** Starts a command, or says what became of it: still going, another request under the same key, or the first answer. */
    begin(command: Command, personId: string): Promise<'started' | 'outstanding' | 'reused' | { answer: KeptAnswer }>
    finish(command: Command, personId: string, answer: KeptAnswer): Promise<void>
    /** Gives the lease back after a refusal, so that the same key may be tried again. */
    abandon(command: Command, personId: string): Promise<void>
  }
  /** Where lines of the log go; standard output when left out. */
  write?: (text: string) => void
}
