import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { banner } from './banner.ts'
import { buildSite, root, synthesize } from './build.ts'
import { startCloud, type Cloud } from './cloud.ts'
import { prepareDemo } from './first-run.ts'
import { readRunning, sayRunning } from './running.ts'
import { watchSource } from './watch.ts'

/** `npm start`: everything on this machine, kept in `.data/`, followed as the source changes, ended by Ctrl-C. */
const ports = { edge: Number(process.env['PORT'] ?? 4300), identity: 4301, doubles: 4302, gateway: 4303 }
const dataDir = process.env['DATA_DIR'] ?? join(root, '.data')
// Beside the data and not in a shared place: two clouds on one machine must not take each other's code away.
const cdkOut = join(dataDir, 'cdk.out')
const started = Date.now()
const seconds = () => (Date.now() - started) / 1000
const say = (zh: string, en: string) => console.log(`[${seconds().toFixed(1)} s] ${zh} · ${en}`)

const other = readRunning(dataDir)
if (other) {
  console.error(`已在运行 · already running: ${other.urls.site}/ (pid ${other.pid})`)
  process.exit(1)
}

let cloud: Cloud | undefined
let ending = false
async function end(code: number): Promise<never> {
  if (ending) process.exit(code)
  ending = true
  // Whatever hangs does not keep the terminal.
  setTimeout(() => process.exit(code), 5_000).unref()
  await cloud?.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!ending) say('正在停止', 'stopping')
    void end(0)
  })
}

/** Which wished ports somebody else has, in words. */
function takenPorts({ urls }: Cloud): string[] {
  const got: [string, number][] = [
    [urls.site, ports.edge],
    [urls.issuer, ports.identity],
    [urls.mailbox, ports.doubles],
  ]
  return got
    .filter(([url, wished]) => Number(new URL(url).port) !== wished)
    .map(
      ([url, wished]) =>
        `端口 ${wished} 被占用，改用 ${new URL(url).port} · port ${wished} is in use, ${new URL(url).port} was taken instead`,
    )
}

try {
  say('正在打包函数并合成模板', 'bundling the functions and synthesizing the templates')
  await synthesize(cdkOut)
  say('正在启动本机云', 'starting the one-machine cloud')
  // A key of Stripe's test mode: then Stripe itself, and its command line brings the webhooks (`stripe listen --forward-to …/api/webhooks/stripe`).
  const secretKey = process.env['STRIPE_SECRET_KEY'] ?? ''
  if (/^[rs]k_live_/.test(secretKey))
    throw new Error('STRIPE_SECRET_KEY opens a live account; on one machine only test mode (sk_test_…) is used')
  const stripe = secretKey === '' ? undefined : { secretKey, webhookSecrets: process.env['STRIPE_WEBHOOK_SECRETS'] ?? '' }
  cloud = await startCloud({ dataDir, cdkOut, ports, stripe })
  const double = cloud.doubles.stripe
  const { protocol, host, port } = double.endpoint
  const asked = { STRIPE_SECRET_KEY: double.secretKey, STRIPE_ENDPOINT: `${protocol}://${host}:${port}` }
  sayRunning(dataDir, cloud, stripe === undefined ? asked : null)
  await prepareDemo(cloud, say)
  const fresh = !existsSync(join(cloud.siteFolder, 'index.html'))
  const site = async (running: Cloud) => {
    say('正在生成网站', 'building the site')
    // Without pages the API still answers; whoever mends the page gets the next build.
    await buildSite(running.urls.site, running.siteFolder, join(dataDir, 'site')).catch((error: unknown) =>
      console.error((error as Error).message),
    )
  }
  // A site of an earlier run stands already: people may look at it while the new one is made.
  if (fresh) await site(cloud)
  await cloud.functions.byKey('claim-seat').warm(1)
  cloud.schedules.run()
  console.log(banner(cloud, seconds(), takenPorts(cloud)))
  if (!fresh) {
    await site(cloud)
    say('网站已更新', 'the site is up to date')
  }
  watchSource(cloud, cdkOut, say)
} catch (error) {
  console.error((error as Error).stack ?? error)
  await end(1)
}
