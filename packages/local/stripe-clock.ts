/** The clock of the Stripe double. Time may be moved forward; what falls due on the way is done in its order. */
export interface StripeClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Does something after so many milliseconds of this clock; gives a way to call it off. */
  later(ms: number, work: () => unknown): () => void
  /** Moves the clock on and waits for what fell due. */
  forward(ms: number): Promise<void>
  /** Moves the clock on to an instant; an earlier one than now changes nothing. */
  moveTo(instant: string): Promise<void>
  stop(): void
}

interface Due {
  at: number
  work: () => unknown
}
/** Timers of Node cannot be set further than this. */
const farthest = 2 ** 31 - 1

/** With an instant the clock stands still until it is moved; without one it runs with the machine's, ahead of it by what it was moved. */
export function createStripeClock(standing?: string): StripeClock {
  const due: Due[] = []
  let ahead = 0
  let stoodAt = standing === undefined ? undefined : Date.parse(standing)
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const now = () => stoodAt ?? Date.now() + ahead
  const next = () => due.reduce<Due | undefined>((first, one) => (first === undefined || one.at < first.at ? one : first), undefined)
  const callOff = (one: Due) => void (due.includes(one) && due.splice(due.indexOf(one), 1))

  function wake(): void {
    clearTimeout(timer)
    const first = next()
    if (first === undefined || stopped) return
    const ms = first.at - now()
    // A clock that stands still does by itself only what is due already.
    if (stoodAt !== undefined && ms > 0) return
    timer = setTimeout(() => void run(), Math.min(Math.max(0, ms), farthest))
    timer.unref()
  }
  async function run(): Promise<void> {
    for (let first = next(); first !== undefined && first.at <= now() && !stopped; first = next()) {
      callOff(first)
      void first.work()
    }
    wake()
  }
  async function forward(ms: number): Promise<void> {
    const target = now() + Math.max(0, ms)
    for (let first = next(); first !== undefined && first.at <= target && !stopped; first = next()) {
      callOff(first)
      advance(first.at - now())
      await first.work()
    }
    advance(target - now())
    wake()
  }
  function advance(ms: number): void {
    if (ms <= 0) return
    if (stoodAt === undefined) ahead += ms
    else stoodAt += ms
  }
  return {
    now,
    later(ms, work) {
      const one = { at: now() + Math.max(0, ms), work }
      due.push(one)
      wake()
      return () => callOff(one)
    },
    forward,
    moveTo: (instant) => forward(Date.parse(instant) - now()),
    stop() {
      stopped = true
      clearTimeout(timer)
      due.length = 0
    },
  }
}
