import type { Outcome, Problem } from '@skills/contract/client.ts'
import type { RatingLine } from '@skills/contract/ratings.ts'
import { useCallback, useEffect, useRef, useState } from 'react'

type Answer = Outcome<{ items: RatingLine[]; next: string | null }>

/** Ratings read page by page. `ask` reads from a cursor and keeps its identity while what is asked for is the same; `put` shows one as it is after a change. */
export function useRatingPages(ask: (query: { limit: string; cursor?: string }) => Promise<Answer>) {
  const [read, setRead] = useState<{ items?: RatingLine[]; next: string | null }>({ next: null })
  const [failed, setFailed] = useState<{ problem: Problem | undefined }>()
  const latest = useRef(ask)
  const load = useCallback(
    async (cursor: string | null) => {
      latest.current = ask
      setFailed(undefined)
      const answer = await ask(cursor === null ? { limit: '20' } : { limit: '20', cursor }).catch(() => undefined)
      if (latest.current !== ask) return
      if (answer?.ok !== true) return setFailed({ problem: answer?.problem })
      const { items, next } = answer.value
      setRead((before) => ({ items: cursor === null ? items : [...(before.items ?? []), ...items], next }))
    },
    [ask],
  )
  useEffect(() => {
    setRead({ next: null })
    void load(null)
  }, [load])
  const put = (rating: RatingLine) =>
    setRead((before) => ({ ...before, items: (before.items ?? []).map((one) => (one.id === rating.id ? rating : one)) }))
  return { ...read, failed, put, again: () => void load(null), more: () => void load(read.next) }
}
