import { readFileSync } from 'node:fs'

/** The hand-written catalog: texts in both languages and how each course is held, without dates. */
export interface DemoProvider {
  code: string
  name: [string, string]
  about: [string, string]
  region: string
  venues: DemoVenue[]
  courses: DemoCourse[]
}
interface DemoVenue {
  code: string
  name: [string, string]
  address: [string, string]
  region: string
  rooms: { name: string; capacity: number; equipment: string }[]
}
export interface DemoCourse {
  code: string
  title: [string, string]
  summary: [string, string]
  outcomes: [string, string]
  audience: [string, string]
  industry: string
  trade: string
  family: string
  level: string
  delivery: string
  theory: number
  practice: number
  fee: number
  conditions: string[]
  /** A letter for each run: N night school, E evenings, W weekends, D whole days, L live, V video, M live theory and weekend practice. */
  plan: string
  /** Words that the names of suitable rooms contain. */
  rooms: string[]
}

const families: Record<string, string> = { so: 'special-operations', sl: 'skill-level', tc: 'training-completion' }

/**
 * Reads the catalog files. `==` begins a provider (two lines about it follow), `@` a venue, `-` a room, `*` a course, which is
 * followed by summary, outcomes and audience, each a Chinese and an English line.
 */
export function readCatalogText(): DemoProvider[] {
  const lines = [1, 2, 3].flatMap((part) => readFileSync(new URL(`catalog-${part}.txt`, import.meta.url), 'utf8').split('\n'))
  const providers: DemoProvider[] = []
  let at = 0
  const next = () => lines[at++] ?? ''
  const pair = (): [string, string] => [next(), next()]
  while (at < lines.length) {
    const line = next()
    const cells = line
      .slice(2)
      .split('|')
      .map((cell) => cell.trim())
    const cell = (index: number) => cells[index] ?? ''
    const provider = providers.at(-1)
    if (line.startsWith('== ')) {
      providers.push({ code: cell(0), name: [cell(1), cell(2)], region: cell(3), about: pair(), venues: [], courses: [] })
    } else if (line.startsWith('@ ')) {
      provider?.venues.push({ code: cell(0), name: [cell(1), cell(2)], address: [cell(3), cell(4)], region: cell(5), rooms: [] })
    } else if (line.startsWith('- ')) {
      provider?.venues.at(-1)?.rooms.push({ name: cell(0), capacity: Number(cell(1)), equipment: cell(2) })
    } else if (line.startsWith('* ')) {
      provider?.courses.push({ ...readCourse(cell), summary: pair(), outcomes: pair(), audience: pair() })
    }
  }
  return providers
}

function readCourse(cell: (index: number) => string): Omit<DemoCourse, 'summary' | 'outcomes' | 'audience'> {
  const [theory = '0', practice = '0'] = cell(8).split('+')
  return {
    code: cell(0),
    title: [cell(1), cell(2)],
    industry: cell(3),
    trade: cell(4),
    family: families[cell(5)] ?? cell(5),
    level: cell(6) === '-' ? '' : `level-${cell(6)}`,
    delivery: cell(7),
    theory: Number(theory),
    practice: Number(practice),
    fee: Number(cell(9)),
    conditions: cell(10) === '-' ? [] : cell(10).split(','),
    plan: cell(11),
    rooms: cell(12) === '' ? [] : cell(12).split(';'),
  }
}
