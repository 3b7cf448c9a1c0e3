import type { Outcome, Problem } from '@skills/contract/client.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Pages } from './use-pages.ts'

export interface CursorPage<T> {
  items: T[]
  next: string | null
}
/** How a page is asked for; it keeps its identity while what is asked for is the same. */
type Ask<P> = (query: { limit: string; cursor?: string }) => Promise<Outcome<P>>

/** Any list read page by page, with the first page whole for what stands beside its lines. An answer to an older question is dropped. */
export function useCursorPages<T, P extends CursorPage<T>>(
  ask: Ask<P> | undefined,
): Pages<T> & { first: P | undefined; again: () => void } {
  const [read, setRead] = useState<{ items?: T[]; next: string | null; first?: P }>({ next: null })
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const [loading, setLoading] = useState(ask !== undefined)
  const latest = useRef(ask)
  const load = useCallback(
    async (cursor: string | null) => {
      latest.current = ask
      if (ask === undefined) return
      setFailed(undefined)
      setLoading(true)
      const answer = await ask(cursor === null ? { limit: '50' } : { limit: '50', cursor }).catch(() => undefined)
      if (latest.current !== ask) return
      setLoading(false)
      if (answer?.ok !== true) return setFailed({ problem: answer?.problem })
      const page = answer.value
      setRead((before) =>
        cursor === null
          ? { items: page.items, next: page.next, first: page }
          : { ...before, items: [...(before.items ?? []), ...page.items], next: page.next },
      )
    },
    [ask],
  )
  useEffect(() => {
    setRead({ next: null })
    void load(null)
  }, [load])
  return {
    ...{ items: read.items, next: read.next, first: read.first, failed, loading },
    more: () => void load(read.items === undefined ? null : read.next),
    again: () => void load(null),
  }
}
