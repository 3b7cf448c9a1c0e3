import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stackTop } from '@skills/http/stack-top.ts'
import { bundleFiles } from '@skills/infra/bundle.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'supermarket-bundle-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const entry = `import { getSeats } from ${JSON.stringify(join(import.meta.dirname, '../../packages/contract/catalog.routes.ts'))}

export const path = getSeats.path
export const fail = () => {
  throw new Error('as asked')
}
export const late = () => import('./late.ts')
`

describe('a bundle', () => {
  let files: { path: string; contents: Uint8Array }[]
  let bundled: { path: string; fail(): never; late(): Promise<{ word: string }> }
  beforeAll(async () => {
    writeFileSync(join(folder, 'entry.ts'), entry)
    writeFileSync(join(folder, 'late.ts'), "export const word = '晚'\n")
    files = await bundleFiles(join(folder, 'entry.ts'), folder)
    for (const { path, contents } of files) writeFileSync(join(folder, basename(path)), contents)
    bundled = (await import(pathToFileURL(join(folder, 'handler.mjs')).href)) as typeof bundled
  })

  it('traces an error to the line of its source without help from Node', () => {
    try {
      bundled.fail()
    } catch (error) {
      expect(stackTop((error as Error).stack ?? '')).toBe('entry.ts:5')
    }
    expect(stackTop(new Error('not bundled').stack ?? '')).toMatch(/^bundle\.test\.ts:\d+$/)
    expect.assertions(2)
  })

  it('holds in its handler neither what is imported late nor a declaration that nobody uses, and only ASCII', async () => {
    const code = files.filter(({ path }) => path.endsWith('handler.mjs')).map(({ contents }) => Buffer.from(contents).toString())[0] ?? ''
    expect(bundled.path).toContain('/seats')
    expect(code).not.toMatch(/\\u665A|晚/i)
    expect((await bundled.late()).word).toBe('晚')
    expect(code).not.toMatch(/[^\0-\x7f]/)
    expect(code).toContain('Seats left in some runs')
    expect(code).not.toContain('dry run first')
  })
})
