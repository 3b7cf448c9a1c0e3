import type { Key } from './table.ts'

/** How a kind of item is found, and what for: a line of `TABLE.md`. */
export interface Entry {
  /** How the key is built. */
  key: (...parts: never[]) => Key
  /** The pattern as a person reads it. */
  pattern: string
  /** The question it answers, who asks it, and how fresh the answer is. */
  question: string
  asks: string
  reads: 'strong' | 'written only' | 'eventual'
}

/** One line of the registry: the pattern as a person reads it, question, who asks, and how the key is built. */
export const entry = <P extends string[]>(
  pattern: string,
  question: string,
  asks: string,
  key: (...parts: P) => Key,
  reads: Entry['reads'] = 'strong',
) => ({
  key,
  pattern,
  question,
  asks,
  reads,
})
