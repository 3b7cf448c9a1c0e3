import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { synthesize } from '../synthesize.ts'
import type { Figure } from './measure.ts'

/** `npm run bench [-- part …]`: measures, prints the table and keeps it in BENCHMARKS.md, part by part. */
const parts: Record<string, { title: string; run: () => Promise<Figure[]> }> = {
  rush: { title: 'Rush', run: async () => (await import('./rush.ts')).benchRush() },
  sponsored: { title: 'Sponsored rush', run: async () => (await import('./sponsored.ts')).benchSponsored() },
  growth: { title: 'Growth', run: async () => (await import('./growth.ts')).benchGrowth() },
  cold: { title: 'Cold start', run: async () => (await import('./cold.ts')).benchCold() },
  catalog: { title: 'Catalog', run: async () => (await import('./catalog.ts')).benchCatalog() },
  scheduling: { title: 'Scheduling', run: async () => (await import('./scheduling.ts')).benchScheduling() },
}

const file = new URL('BENCHMARKS.md', import.meta.url)
const kept = read()
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(parts)
synthesize()
for (const name of wanted) {
  const part = parts[name]
  if (part === undefined) throw new Error(`There is no part ${name}: ${Object.keys(parts).join(', ')}`)
  console.log(`${part.title} …`)
  const figures = await part.run()
  const rows = figures.map(
    ({ what, value, aim, holds }) => `| ${what} | ${value} | ${aim ?? ''} | ${holds === undefined ? '' : holds ? 'yes' : 'NO'} |`,
  )
  const section = [
    `## ${part.title}`,
    '',
    `\`npm run bench -- ${name}\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, Node ${process.version}.`,
    '',
    '| what | measured | aim | holds |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ]
  console.log(section.join('\n'))
  kept.set(part.title, section.join('\n'))
  writeFileSync(file, page())
}
process.exit(0)

/** The sections kept so far, by title. */
function read(): Map<string, string> {
  try {
    const sections = readFileSync(file, 'utf8')
      .split(/^(?=## )/m)
      .slice(1)
    return new Map(sections.map((section) => [/^## (.*)/.exec(section)?.[1] ?? '', section]))
  } catch {
    return new Map()
  }
}

function page(): string {
  const intro =
    '# Benchmarks\n\nOne run on one machine that does everything at once: load, gateway, functions and engine. The ratios are the point; single times move with the machine.\n\n'
  return (
    intro +
    Object.values(parts)
      .map(({ title }) => kept.get(title))
      .filter((section) => section !== undefined)
      .join('\n')
  )
}
