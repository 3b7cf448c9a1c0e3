import type { Outcome, Problem } from '@skills/contract/client.ts'
import { useCallback, useRef, useState } from 'react'
import { attempt } from '../identity/my-api.ts'

export interface Doing {
  busy: boolean
  failed: { problem: Problem | undefined } | undefined
  /**
   * Does something at most once, however often a button is pressed or an answer lost: `what` names the attempt, which keeps its key until the outcome is
   * known. Gives the answer, or nothing when it was refused, lost or still under way.
   */
  run<T>(what: string, call: (key: string) => Promise<Outcome<T>>): Promise<{ value: T } | undefined>
  forget(): void
}

/** The state of one change that a reader makes. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Doing['failed']>()
  const under = useRef(false)
  const run = useCallback(async <T>(what: string, call: (key: string) => Promise<Outcome<T>>) => {
    if (under.current) return undefined
    under.current = true
    setBusy(true)
    setFailed(undefined)
    try {
      const answer = await attempt(what, call)
      if (answer.ok) return { value: answer.value }
      setFailed({ problem: answer.problem })
      return undefined
    } catch {
      setFailed({ problem: undefined })
      return undefined
    } finally {
      under.current = false
      setBusy(false)
    }
  }, [])
  const forget = useCallback(() => setFailed(undefined), [])
  return { busy, failed, run, forget }
}
