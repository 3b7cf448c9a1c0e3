import { AnswerMismatch } from './reply.ts'
import { stackTop } from './stack-top.ts'

/** All that a line of the log may say. Whatever else is passed is dropped, so that no name or number of a person gets there by accident. */
const allowed = [
  'at',
  'level',
  'requestId',
  'function',
  'route',
  'status',
  'ms',
  'code',
  'personId',
  'errorName',
  'errorStackTop',
  'mismatch',
  'event',
  'count',
  'failed',
  'attempt',
] as const

export type LogLine = Partial<Record<(typeof allowed)[number], string | number | boolean | undefined>>

/** Writes one JSON line. Texts are cut at 200 characters and lose control characters. */
export function log(line: LogLine, write: (text: string) => void = (text) => process.stdout.write(text)): void {
  const kept = allowed.flatMap((name) => {
    const value = line[name]
    if (value === undefined) return []
    return [[name, typeof value === 'string' ? value.replace(/\p{Cc}/gu, ' ').slice(0, 200) : value]]
  })
  write(`${JSON.stringify(Object.fromEntries(kept))}\n`)
}

/** What may be said of an error that nobody expected: its name and where it came from, never its message, which may hold personal data. */
export function errorFields(error: unknown): Pick<LogLine, 'errorName' | 'errorStackTop' | 'mismatch'> {
  if (!(error instanceof Error)) return { errorName: 'NotAnError' }
  return {
    errorName: /^\w{1,60}$/.test(error.name) ? error.name : 'Error',
    errorStackTop: stackTop(error.stack ?? ''),
    mismatch: error instanceof AnswerMismatch ? error.where : undefined,
  }
}
