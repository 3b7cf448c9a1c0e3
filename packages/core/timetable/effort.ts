/** How much a search may still do. Counted in steps, so that the same problem has the same answer on every machine; `stop` is asked now and then for who has to answer in time. */
export interface Effort {
  left: number
  stop: () => boolean
  stopped: boolean
}

/** Takes steps; false when there are no more or it was told to stop. */
export function spend(effort: Effort, steps = 1): boolean {
  if (effort.stopped || effort.left <= 0) return false
  effort.left -= steps
  effort.stopped = effort.stop()
  return !effort.stopped
}

/** A part of an effort that may not take more than so many steps of it. */
export function within<T>(effort: Effort, most: number, work: (part: Effort) => T): T {
  const part: Effort = { ...effort, left: Math.min(most, effort.left) }
  const before = part.left
  const result = work(part)
  effort.left -= before - part.left
  effort.stopped = part.stopped
  return result
}
