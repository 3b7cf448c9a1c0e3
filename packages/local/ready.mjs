// Makes a fresh clone ready: installs what the lock file names when it is not there yet, and checks that the repository's own Node is.
// Plain JavaScript without dependencies, because it runs on the Node of the machine (20 or newer) before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.installed-lock')
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const started = Date.now()

const say = (zh, en) => console.log(`[${Math.round((Date.now() - started) / 1000)} s] ${zh} · ${en}`)
const hash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Whether node_modules holds what the lock file names: the stamp says so at once, else npm's own record is compared. */
function installed() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash(lock)) return true
  const npmsOwn = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(npmsOwn)) return false
  const have = JSON.parse(readFileSync(npmsOwn, 'utf8')).packages
  const want = JSON.parse(readFileSync(lock, 'utf8')).packages
  return Object.entries(want).every(([path, entry]) => path === '' || entry.link || entry.optional || have[path]?.version === entry.version)
}

function run(command, args, cwd = root) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
    child.once('error', () => done(127))
    child.once('exit', (code) => done(code ?? 1))
  })
}

function nodeVersion() {
  const asked = existsSync(node) ? spawnSync(node, ['--version'], { encoding: 'utf8' }) : undefined
  return Number(/^v(\d+)/.exec(asked?.stdout ?? '')?.[1] ?? 0)
}

if (!installed()) {
  say('正在安装依赖（首次约一两分钟）', 'installing dependencies (a minute or two the first time)')
  const beat = setInterval(() => say('仍在安装……', 'still installing …'), 10_000)
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  clearInterval(beat)
  if (code !== 0) {
    say('依赖安装失败：请检查网络后运行 npm ci', 'installing failed: check the network, then run npm ci')
    process.exit(code)
  }
  say('依赖已安装', 'dependencies are installed')
}

if (nodeVersion() < 22) {
  say('正在取得本仓库自带的 Node', 'fetching the Node this repository brings along')
  const packageFolder = join(root, 'node_modules', 'node')
  const script = ['installArchSpecificPackage.js', 'installer.js'].map((name) => join(packageFolder, name)).find(existsSync)
  if (script) await run(process.execPath, [script], packageFolder)
}
if (nodeVersion() < 22 && Number(process.versions.node.split('.')[0]) < 22) {
  say(
    '缺少 Node 22 以上版本：请运行 npm rebuild node（npm 12 需先 npm install-scripts approve node）',
    'Node 22 or newer is missing: run npm rebuild node (with npm 12 first npm install-scripts approve node)',
  )
  process.exit(1)
}
writeFileSync(stamp, hash(lock))
