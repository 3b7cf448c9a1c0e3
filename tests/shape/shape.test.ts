import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceFiles, type SourceFile } from './source-files.ts'

const files = sourceFiles()

/** Which part of the house may import which. */
const directions: Record<string, readonly string[]> = {
  'packages/contract': [],
  'packages/core': ['packages/contract'],
  'packages/http': ['packages/contract'],
  'packages/local': ['packages/contract'],
  functions: ['packages/contract', 'packages/core', 'packages/http'],
  infra: ['packages/contract'],
  site: ['packages/contract'],
}

const partOf = (path: string) => Object.keys(directions).find((part) => path.startsWith(`${part}/`))

/** Where an import leads inside the house, or undefined for a library. */
function target(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier))
  const own = /^@skills\/(contract|core|http|local|functions|infra|site|tests)\/(.*)$/.exec(specifier)
  if (own === null) return undefined
  return ['contract', 'core', 'http', 'local'].includes(own[1] ?? '') ? `packages/${own[1]}/${own[2]}` : `${own[1]}/${own[2]}`
}

/** The imports of a file that go against the directions. */
export function wrongWay(file: Pick<SourceFile, 'path' | 'imports'>): string[] {
  const part = partOf(file.path)
  if (part === undefined) return []
  return file.imports.flatMap((specifier) => {
    const to = target(file.path, specifier)
    if (to === undefined) return []
    const other = partOf(to)
    if (other !== part) return other !== undefined && directions[part]?.includes(other) ? [] : [`${file.path} → ${specifier}`]
    const feature = (path: string) => path.split('/')[1]
    if (part === 'functions' && feature(file.path) !== feature(to)) return [`${file.path} → ${specifier} (another function)`]
    const rule = !file.path.endsWith('.table.ts') && to.endsWith('.table.ts') && part === 'packages/core'
    return rule && isRule(file) ? [`${file.path} → ${specifier} (a rule that reads a table)`] : []
  })
}

/** A rule of core: `<noun>.ts` beside a `<noun>.table.ts`. Stories with two callers (verb-noun) and memories may read tables. */
function isRule(file: Pick<SourceFile, 'path'>): boolean {
  return files.some(({ path }) => path === file.path.replace(/\.ts$/, '.table.ts'))
}

describe('the shape of the house', () => {
  it('is really read', () => {
    expect(files.length).toBeGreaterThan(60)
    expect(files.find(({ path }) => path === 'functions/enrollment/claim-seat.ts')?.imports).toContain(
      '@skills/core/enrollment/take-seat.ts',
    )
  })
  it('imports only in the allowed directions', () => {
    expect(files.flatMap(wrongWay)).toEqual([])
  })
  it('would notice an import the wrong way', () => {
    expect(wrongWay({ path: 'packages/core/a.ts', imports: ['@skills/http/api.ts'] })).toHaveLength(1)
    expect(wrongWay({ path: 'packages/http/a.ts', imports: ['../core/world.ts'] })).toHaveLength(1)
    expect(wrongWay({ path: 'functions/people/a.ts', imports: ['../enrollment/claim-seat.ts'] })).toHaveLength(1)
    expect(wrongWay({ path: 'packages/core/enrollment/enrollment.ts', imports: ['./enrollment.table.ts'] })).toHaveLength(1)
    expect(wrongWay({ path: 'functions/people/a.ts', imports: ['@skills/core/world.ts', 'zod'] })).toEqual([])
  })
  it('keeps API Gateway and middy in http, and the SDK of the table in core', () => {
    const middy = files.filter(
      ({ path, imports }) => !path.startsWith('packages/http/') && imports.some((name) => name.startsWith('@middy/')),
    )
    const dynamo = files.filter(
      ({ path, imports }) => !/^(infra|packages\/(core|local))\//.test(path) && imports.some((name) => name.startsWith('@aws-sdk/')),
    )
    expect([...middy, ...dynamo].map(({ path }) => path)).toEqual([])
  })
  it('lets one file know the library of the payment provider, so that another provider could stand beside it', () => {
    const stripe = files.filter(({ path, imports }) => !path.startsWith('packages/local/') && imports.includes('stripe'))
    expect(stripe.map(({ path }) => path)).toEqual(['packages/core/order/stripe.ts'])
  })
  it('has no barrels, no drawers, no file past 300 lines, and names in kebab-case', () => {
    const barrels = files.filter(({ path }) => /(^|\/)index\.ts$/.test(path))
    const drawers = files.filter(({ path }) => /\/(utils|helpers|common|services|types)\//.test(path))
    const long = files.filter(({ lines }) => lines > 300)
    const named = files.filter(
      ({ path }) => !/^[a-z0-9.-]+$/.test(posix.basename(path)) && !/^(_|\[)/.test(posix.basename(path)) && !path.endsWith('.astro'),
    )
    expect([...barrels, ...drawers, ...long, ...named].map(({ path, lines }) => `${path} (${lines})`)).toEqual([])
  })
  it('leaves nothing undone and no test that does not run', () => {
    const undone = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`)
    const skipped = new RegExp(`\\b(it|test|describe)\\.(${['sk', 'ip'].join('')}|${['on', 'ly'].join('')}|${['to', 'do'].join('')})\\b`)
    expect(
      sourceFiles({ tests: true })
        .filter(({ text }) => undone.test(text) || skipped.test(text))
        .map(({ path }) => path),
    ).toEqual([])
  })
})
