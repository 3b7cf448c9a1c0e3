import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { buildSite, bundleFunctions, bundles, root, synthesize } from './build.ts'
import type { Cloud } from './cloud.ts'

type Say = (zh: string, en: string) => void

/** Follows changes of the source: functions are bundled again and their workers swapped, the site is built again, a changed template is told. */
export function watchSource(cloud: Cloud, cdkOut: string, say: Say): void {
  let work: Promise<void> = Promise.resolve()
  const follow = (folders: string[], change: () => Promise<void>) => {
    let timer: NodeJS.Timeout | undefined
    for (const folder of folders.map((name) => join(root, name)).filter(existsSync)) {
      const watcher = watch(folder, { recursive: true }, (_, name) => {
        if (name === null || /node_modules|(^|\/)(dist|\.astro)(\/|$)|\.test\.ts$|~$|\.sw.$/.test(name)) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          work = work.then(change).catch((error: unknown) => console.error((error as Error).message))
        }, 250)
      })
      process.once('exit', () => watcher.close())
    }
  }
  follow(['functions', 'packages/contract', 'packages/core', 'packages/http'], async () => {
    const before = hashes(cloud)
    await bundleFunctions()
    const changed = cloud.functions.all.filter(({ config }) => before.get(config.name) !== hashOf(config.name))
    for (const fn of changed) fn.swap(bundleOf(fn.config.name) as string)
    if (changed.length > 0) say(`已换上新代码：${changed.map(({ config }) => config.name).join(' ')}`, 'new code is in place')
  })
  follow(['infra'], async () => {
    const next = `${cdkOut}.next`
    await synthesize(next)
    if (templates(next) !== templates(cdkOut)) say('模板有变化：请重新 npm start', 'the templates changed: start again to see it')
  })
  follow(['site/src', 'site/public'], async () => {
    await buildSite(cloud.urls.site, cloud.siteFolder, join(cloud.dataDir, 'site'))
    say('网站已重新生成', 'the site is built again')
  })
}

/** The folder in which infra/bundle.ts leaves a function's bundle. */
function bundleOf(name: string): string | undefined {
  const keys = readdirSync(bundles).sort((a, b) => b.length - a.length)
  const key = keys.find((one) => name.endsWith(`-${one}`))
  return key && join(bundles, key)
}

function hashOf(name: string): string {
  const folder = bundleOf(name)
  return folder
    ? createHash('sha256')
        .update(readFileSync(join(folder, 'handler.mjs')))
        .digest('hex')
    : ''
}
const hashes = (cloud: Cloud) => new Map(cloud.functions.all.map(({ config }) => [config.name, hashOf(config.name)]))

/** All templates as one text, without the addresses of bundles: those change with every change of code. */
function templates(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith('.template.json'))
  return names.map((name) => readFileSync(join(folder, name), 'utf8').replace(/[0-9a-f]{64}/g, '')).join('\n')
}
