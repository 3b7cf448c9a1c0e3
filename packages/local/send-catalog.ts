import { join } from 'node:path'
import { createClient } from '@skills/contract/client.ts'
import type { ImportReport } from '@skills/contract/catalog.routes.ts'
import { refusals, type RefusalCode } from '@skills/contract/refusals.ts'
import { piecesOf, type Piece } from './catalog-pieces.ts'
import { readRunning } from './running.ts'
import { signIn } from './sign-in.ts'

/** Below the 4 MB that a request may have; as many rows as are usually written in the time of one request. */
const maxBytes = 3_500_000
const maxRows = 1_000
const mostTries = 20
/** Remarks that the same file, sent again, takes up where it stopped. */
const unfinished = new Set(['out-of-time', 'not-written'])

export type Total = Omit<ImportReport, 'importId'>
export type Client = ReturnType<typeof createClient>

/**
 * A client that may import: of `api` with `SUPERMARKET_TOKEN`, or else of the cloud that runs on this machine, as its operator.
 * Throws a sentence when there is neither.
 */
export function operatorClient(api: string | undefined): Client {
  const language = /^en/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'en' : 'zh'
  const given = process.env['SUPERMARKET_TOKEN']
  if (api !== undefined) {
    if (!given) throw new Error('请在环境变量 SUPERMARKET_TOKEN 里给出访问令牌 · give an access token in SUPERMARKET_TOKEN')
    return createClient({ base: api.replace(/\/$/, ''), token: () => given, language })
  }
  const running = readRunning(process.env['DATA_DIR'] ?? join(import.meta.dirname, '../../.data'))
  if (!running)
    throw new Error('本机没有在运行，请先 npm start，或用 --api 指定地址 · nothing runs on this machine: npm start first, or name an --api')
  const { issuer, site, api: base } = running.urls
  let held: { token: string; until: number } | undefined
  const token = async () => {
    if (held === undefined || held.until < Date.now()) {
      const tokens = await signIn({ issuer, site, sub: 'demo-chen' })
      held = { token: tokens.access_token, until: Date.now() + (tokens.expires_in - 60) * 1000 }
    }
    return held.token
  }
  return createClient({ base, token, language })
}

/** Sends a catalog file in pieces and adds up the reports; writes only with `write`. `progress` is told rows done and in all. */
export async function sendCatalog(
  client: Client,
  bytes: Uint8Array,
  write: boolean,
  progress: (done: number, pieces: number) => void,
): Promise<Total> {
  const pieces = piecesOf(bytes, maxBytes, maxRows)
  const total: Total = { written: write, encoding: '', rows: 0, created: 0, changed: 0, unchanged: 0, rejected: 0, remarks: [] }
  for (const [index, piece] of pieces.entries()) {
    const report = await sendPiece(client, piece, write)
    total.encoding = report.encoding
    for (const key of ['rows', 'created', 'changed', 'unchanged', 'rejected'] as const) total[key] += report[key]
    total.remarks.push(...report.remarks.map((one) => ({ ...one, row: one.row + piece.rowsBefore })))
    progress(index + 1, pieces.length)
  }
  return total
}

/** One piece, again while rows are left for want of time. */
async function sendPiece(client: Client, piece: Piece, write: boolean): Promise<Total> {
  let created = 0
  let changed = 0
  for (let attempt = 1; ; attempt++) {
    const outcome = await client.call('importCatalog', { query: write ? { write: 'yes' } : {}, body: piece.bytes as BodyInit })
    if (!outcome.ok) {
      const { code, detail } = outcome.problem
      // A gateway refuses without words; ours for that code stand in.
      const ours = refusals[code as RefusalCode]?.detail
      throw new Error(`${detail || (ours ? `${ours.zh} ${ours.en}` : '')} (${code}, ${outcome.status})`)
    }
    const report = outcome.value
    created += report.created
    changed += report.changed
    const again = write && attempt < mostTries && report.remarks.some((one) => unfinished.has(one.code))
    if (!again) return { ...report, created, changed, unchanged: report.rows - report.rejected - created - changed }
  }
}
