import { spawn } from 'node:child_process'

/** Types, lint, format, unused code, directions: all are run, each says how it went, and one failure fails the whole. */
const bin = (file: string) => [process.execPath, `node_modules/${file}`]
const checks: Record<string, string[]> = {
  types: [...bin('typescript-7/bin/tsc'), '-p', '.'],
  lint: [...bin('eslint/bin/eslint.js'), '--config', 'tests/eslint.config.js', '.'],
  format: [...bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  pages: [...bin('astro/bin/astro.mjs'), 'check', '--root', 'site', '--minimumFailingSeverity', 'warning'],
  unused: [...bin('knip/bin/knip.js'), '--config', 'tests/knip.json'],
  shape: [...bin('vitest/vitest.mjs'), 'run', '--config', 'tests/shape/vitest.config.ts'],
}

let failed = 0
const waiting = Object.entries(checks)
async function worker(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, [command = '', ...args]] = next
    const started = performance.now()
    const output: Buffer[] = []
    const child = spawn(command, args, { env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' } })
    child.stdout.on('data', (data: Buffer) => output.push(data))
    child.stderr.on('data', (data: Buffer) => output.push(data))
    const code = await new Promise((resolve) => child.on('close', resolve))
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
    if (code === 0) continue
    failed += 1
    console.log(Buffer.concat(output).toString())
  }
}
await Promise.all([worker(), worker()])
process.exitCode = failed === 0 ? 0 : 1
