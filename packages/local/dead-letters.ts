import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What could not be delivered, one JSON document a line and a file for each destination, as a queue or bucket would get it. */
export interface DeadLetters {
  add(destination: string, letter: unknown): void
  /** Everything kept for a destination, by the last part of its ARN. */
  read(destination: string): unknown[]
}

export function openDeadLetters(folder: string): DeadLetters {
  const fileOf = (destination: string) => join(folder, `${(destination.split(/[:/]/).pop() ?? 'unknown').replace(/[^\w.-]/g, '_')}.jsonl`)
  return {
    add(destination, letter) {
      mkdirSync(folder, { recursive: true })
      appendFileSync(fileOf(destination), `${JSON.stringify(letter)}\n`)
    },
    read(destination) {
      try {
        const lines = readFileSync(fileOf(destination), 'utf8').split('\n')
        return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    },
  }
}
