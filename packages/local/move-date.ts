/**
 * Moves what `Date` says in this thread on by so many milliseconds, for tests of what takes weeks: each thread of functions is told by `CLOCK_AHEAD_MS`. Timers wait as long as before.
 * Gives the way back.
 */
export function moveDate(milliseconds: number): () => void {
  const Before = globalThis.Date
  class Moved extends Before {
    constructor(...parts: unknown[]) {
      if (parts.length === 0) super(Before.now() + milliseconds)
      else super(...(parts as [number]))
    }
    static override now(): number {
      return Before.now() + milliseconds
    }
    static override [Symbol.hasInstance](one: unknown): boolean {
      return one instanceof Before
    }
  }
  Object.defineProperty(Moved, 'name', { value: 'Date' })
  globalThis.Date = Moved as DateConstructor
  return () => void (globalThis.Date = Before)
}
