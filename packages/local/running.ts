import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Cloud } from './cloud.ts'
import { readKept, writeKept } from './kept-file.ts'

/** What a running cloud tells other commands on this machine (import, seed, bench). */
export interface Running {
  pid: number
  urls: Cloud['urls']
  /** The table's name, for `check:books`. */
  table: string
  /** How `check:books` asks the double of the payment provider; null where Stripe itself is used, whose key stands in no file. */
  payments: { STRIPE_SECRET_KEY: string; STRIPE_ENDPOINT: string } | null
}

const fileOf = (dataDir: string) => join(dataDir, 'running.json')

/** The cloud that runs on this data now, or undefined. */
export function readRunning(dataDir: string): Running | undefined {
  const running = readKept<Running | undefined>(fileOf(dataDir), undefined)
  if (!running) return undefined
  try {
    process.kill(running.pid, 0)
    return running
  } catch {
    // Its process is gone: it was ended without being asked.
    return undefined
  }
}

export function sayRunning(dataDir: string, { urls, tableName }: Pick<Cloud, 'urls' | 'tableName'>, payments: Running['payments']): void {
  writeKept(fileOf(dataDir), { pid: process.pid, urls, table: tableName, payments } satisfies Running)
  process.once('exit', () => rmSync(fileOf(dataDir), { force: true }))
}
