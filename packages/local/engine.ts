import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { freePort } from './ports.ts'

/** A DynamoDB engine that answers at `endpoint`. */
export interface Engine {
  endpoint: string
  kind: string
  stop(): Promise<void>
}

/**
 * Starts dynoxide with its data in `file` (nothing is kept when there is no file), or uses the engine at `DYNAMODB_ENDPOINT`
 * for systems dynoxide is not built for.
 */
export async function startEngine(file: string | undefined, endpoint = process.env['DYNAMODB_ENDPOINT']): Promise<Engine> {
  if (endpoint) return { endpoint, kind: 'DYNAMODB_ENDPOINT', stop: async () => {} }
  const binary = findBinary()
  if (file !== undefined) endOrphan(file)
  const port = await freePort()
  const child = spawn(binary, ['--port', String(port), ...(file === undefined ? [] : ['--db-path', file])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (piece: Buffer) => (complaint = (complaint + piece.toString()).slice(-2_000)))
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  if (file !== undefined && child.pid !== undefined) writeFileSync(pidFile(file), String(child.pid))
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const address = `http://127.0.0.1:${port}`
  for (let attempt = 0; !(await answers(address)); attempt += 1) {
    if (child.exitCode !== null || attempt > 400) {
      kill()
      throw new Error(`the database engine did not start: ${complaint || 'no answer'}`)
    }
    await new Promise((next) => setTimeout(next, 15))
  }
  if (file !== undefined) tuneStreams(file)
  return {
    endpoint: address,
    kind: 'dynoxide',
    async stop() {
      process.off('exit', kill)
      child.kill('SIGTERM')
      const late = setTimeout(kill, 2_000)
      await ended
      clearTimeout(late)
      if (file !== undefined) rmSync(pidFile(file), { force: true })
    },
  }
}

/**
 * dynoxide numbers each stream record by looking through all records of its table, so that every write costs more than the one
 * before. The indexes it lacks are added to its file: the same questions are then answered from the ends of an index.
 */
function tuneStreams(file: string): void {
  const database = new DatabaseSync(file, { timeout: 2_000 })
  database.exec('CREATE INDEX IF NOT EXISTS last_sequence_number ON _stream_records (table_name, CAST(sequence_number AS INTEGER))')
  database.exec('CREATE INDEX IF NOT EXISTS shard_sequence_number ON _stream_records (table_name, shard_id, sequence_number)')
  database.close()
}

const pidFile = (file: string) => `${file}.pid`

/** A parent that was killed leaves its engine behind, which still holds the file. Only a process that names this very file is ended. */
function endOrphan(file: string): void {
  const pid = existsSync(pidFile(file)) ? Number(readFileSync(pidFile(file), 'utf8')) : 0
  if (!Number.isInteger(pid) || pid < 2) return
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' })
  if (stdout?.includes('dynoxide') && stdout.includes(file)) process.kill(pid, 'SIGKILL')
}

function findBinary(): string {
  const packageName = `@dynoxide/${process.platform}-${process.arch}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`))
    const binary = join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide')
    if (existsSync(binary)) return binary
  } catch {
    // Said below, with the way out.
  }
  throw new Error(`${packageName} is not installed: start any DynamoDB engine and set DYNAMODB_ENDPOINT to its address`)
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { signal: AbortSignal.timeout(1_000) })
    return true
  } catch {
    return false
  }
}
