import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { LoadPlan, LoadResult } from './load.ts'

/** A line of the table: what, the figure, what it is measured against, and whether the aim holds. */
export interface Figure {
  what: string
  value: string
  aim?: string
  holds?: boolean
}

/** Runs a load plan in a process of its own, so that who sends and who answers do not share a thread. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'supermarket-load-'))
  const file = join(folder, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'load.ts'), file], {
      maxBuffer: 64 * 1024 * 1024,
    })
    return JSON.parse(stdout) as LoadResult
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The value below which `part` (0 to 1) of sorted numbers lie. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

export function median(numbers: readonly number[]): number {
  return quantile(
    [...numbers].sort((a, b) => a - b),
    0.5,
  )
}

export const ms = (value: number): string =>
  value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
export const times = (value: number): string => `${value.toFixed(2)} ×`
