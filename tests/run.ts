import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

/** Runs the whole suite (or the files named on the command line) and ends with the plain line `N passed, N failed`. */
const report = '.local/test-report.json'
rmSync(report, { force: true })
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
)
let failed = 1
let passed = 0
try {
  const counts = JSON.parse(readFileSync(report, 'utf8')) as { numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }
  passed = counts.numPassedTests
  // A file that could not be read has no failed test of its own; it still counts.
  failed = counts.numFailedTests > 0 ? counts.numFailedTests : status === 0 ? 0 : Math.max(1, counts.numFailedTestSuites)
} catch {
  console.error('The test runner left no report.')
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && status === 0 ? 0 : 1
