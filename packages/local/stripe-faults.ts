/**
 * What can go wrong with a call. `conflict`: the same key is under way (409); `locked`: another call holds the object (429). `lost-…` cuts the connection: the library
 * then asks once more by itself, so it takes two to be noticed.
 */
type CallFault =
  'conflict' | 'locked' | 'rate-limit' | 'error-before' | 'error-after' | 'lost-before' | 'lost-after' | 'broken-answer' | 'slow'

interface Asked {
  kind: CallFault
  call: RegExp
  times: number
  ms: number
}

/** Switches for what goes wrong; all off at first. Chance comes from `chance`, which tests replace by a seeded one. */
export interface StripeFaults {
  /** A number from 0 up to 1. */
  chance: () => number
  /** How webhooks are sent. `drop`: share that never leaves. `copies`: each goes out 1 to so many times. `shuffle`: all wait for `drain` and leave in any order. */
  webhooks: { drop: number; copies: number; shuffle: boolean; delayMs: number }
  /** Share of calls that go wrong in one of these ways. */
  often: { share: number; kinds: CallFault[] }
  /** The next so many calls that match (`POST /v1/refunds`) go wrong in this way; `ms`: how long a slow one takes. */
  next(kind: CallFault, more?: { call?: RegExp; times?: number; ms?: number }): void
  /** What goes wrong with this call; used up by asking. */
  take(call: string): { kind: CallFault; ms: number } | undefined
  /** All switches off. */
  clear(): void
}

const calm = () => ({ drop: 0, copies: 1, shuffle: false, delayMs: 0 })

export function createStripeFaults(): StripeFaults {
  let asked: Asked[] = []
  return {
    chance: Math.random,
    webhooks: calm(),
    often: { share: 0, kinds: [] },
    next(kind, { call = /^/, times = 1, ms = 200 } = {}) {
      asked.push({ kind, call, times, ms })
    },
    take(call) {
      const one = asked.find((fault) => fault.times > 0 && fault.call.test(call))
      if (one) {
        one.times -= 1
        return one
      }
      const { share, kinds } = this.often
      if (share === 0 || this.chance() >= share) return undefined
      const kind = kinds[Math.floor(this.chance() * kinds.length)]
      return kind === undefined ? undefined : { kind, ms: 200 }
    },
    clear() {
      asked = []
      this.webhooks = calm()
      this.often = { share: 0, kinds: [] }
    },
  }
}
