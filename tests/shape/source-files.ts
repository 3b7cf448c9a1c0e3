import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

export interface SourceFile {
  path: string
  text: string
  lines: number
  /** What it imports, as written. */
  imports: string[]
}

/** The project's own source files: tracked or about to be, tests left out unless asked for. */
export function sourceFiles(options: { tests?: boolean } = {}): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).split('\n')
  return listed
    .filter((path) => /^(infra|functions|packages|site|tests)\/.*\.(ts|tsx|mjs|astro)$/.test(path) && existsSync(path))
    .filter((path) => options.tests === true || !(path.includes('.test.') || path.startsWith('tests/')))
    .map((path) => {
      const text = readFileSync(path, 'utf8')
      const imports = [
        ...text.matchAll(
          /(?:^|\n)\s*(?:import\b(?!\.)[^'"\n=]*?|export\b[^'"\n=]*?from\s*)['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|\}\s*from\s*['"]([^'"]+)['"]/g,
        ),
      ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
      return { path, text, lines: text.split('\n').length - 1, imports }
    })
}
