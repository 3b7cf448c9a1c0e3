import { join } from 'node:path'
import type { Assembly } from './assembly.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { Functions } from './functions.ts'
import { readKept, writeKept } from './kept-file.ts'
import { createPump } from './stream-pump.ts'

/** Event source mappings at work. */
export interface Streams {
  /** Resolves when all that was written so far, and what its consumers wrote in turn, is delivered or given up. */
  drain(): Promise<void>
  stop(): Promise<void>
}

interface Wishes {
  endpoint: string
  /** Table → the stream of the engine. */
  streams: Map<string, string>
  dataDir: string
  deadLetters: DeadLetters
  /** Whether people wait for answers just now. */
  busy: () => boolean
}

/** Places are written this long after they were reached; what a crash in between forgets is delivered again, as consumers expect. */
const saveMs = 200

/** Starts the template's mappings of tables' streams to functions. Places reached are kept, so that a second run goes on where the first ended. */
export function startStreams(assembly: Assembly, functions: Functions, wishes: Wishes): Streams {
  const file = join(wishes.dataDir, 'stream-places.json')
  const places = new Map(Object.entries(readKept<Record<string, string>>(file, {})))
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    writeKept(file, Object.fromEntries(places))
  }
  const shared = {
    endpoint: wishes.endpoint,
    functions,
    deadLetters: wishes.deadLetters,
    streams: wishes.streams,
    busy: wishes.busy,
    place: (name: string) => places.get(name) ?? '',
    reached(name: string, sequence: string) {
      places.set(name, sequence)
      timer ??= setTimeout(save, saveMs)
    },
  }
  const pumps = assembly
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => String(properties['EventSourceArn']).includes(':dynamodb:') && properties['Enabled'] !== false)
    .map((mapping) => createPump(mapping, shared))
  return {
    async drain() {
      // A consumer may write what another one reads: quiet is a whole round in which nobody found anything.
      for (let found = 1; found > 0;) {
        const counts = await Promise.all(pumps.map((pump) => pump.turn(true)))
        found = counts.reduce((sum, count) => sum + count, 0)
      }
    },
    async stop() {
      await Promise.all(pumps.map((pump) => pump.stop()))
      if (timer) save()
    },
  }
}
