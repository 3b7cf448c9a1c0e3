import { doorRefusals } from './door-refusals.ts'
import { storyRefusals } from './story-refusals.ts'
import type { Text } from './text.ts'

/** Every refusal: its stable code, HTTP status, title and the sentence a person can act on. `{…}` is filled from the refusal's members. */
export const refusals = { ...doorRefusals, ...storyRefusals }

export type RefusalCode = keyof typeof refusals

/** What one field did wrong: where (JSON pointer), a stable code, and a sentence in both languages. Never the value. */
export interface FieldError {
  pointer: string
  code: string
  detail: Text
}

/** A refusal on its way to the caller: a code of the table, with members that fill its sentence and stand in the answer. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly members: Record<string, unknown>
  readonly errors: FieldError[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: RefusalCode, members: Record<string, unknown> = {}, more: { errors?: FieldError[]; retryAfterSeconds?: number } = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.members = members
    this.errors = more.errors ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}
