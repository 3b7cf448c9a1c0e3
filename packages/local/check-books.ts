import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './build.ts'
import { readRunning } from './running.ts'
import { credentials } from './tables.ts'

/**
 * `npm run check:books`: checks the table named by `TABLE` in the account of the environment, or else that of the cloud running on this machine; and its money with the payment provider where
 * `STRIPE_SECRET_KEY` says which, or with the double of that cloud.
 */
const environment: Record<string, string | undefined> = { ...process.env }
if (!process.env['TABLE']) {
  const running = readRunning(process.env['DATA_DIR'] ?? join(root, '.data'))
  if (!running) {
    console.error('没有正在运行的本机云，也没有设置 TABLE · nothing runs on this machine and TABLE is not set: npm start first')
    process.exit(1)
  }
  Object.assign(environment, {
    TABLE: running.table,
    AWS_ENDPOINT_URL_DYNAMODB: running.urls.dynamodb,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...running.payments,
  })
}
process.exitCode =
  spawnSync(process.execPath, [join(root, 'functions/books/check-books.ts')], { stdio: 'inherit', env: environment }).status ?? 1
