import type { Problem } from '@skills/contract/client.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { callAsMe } from '../identity/my-api.ts'
import type { AnswerOf } from './use-answer.ts'

interface Page<T> {
  items: T[]
  next: string | null
}
type PagedRoute = 'listMoney' | 'listGrants'
type Item<N extends PagedRoute> = AnswerOf<N>['items'][number]

/** A list that is read page by page: what was read so far, and how to read on. */
export interface Pages<T> {
  items: T[] | undefined
  next: string | null
  failed: { problem: Problem | undefined } | undefined
  loading: boolean
  more: () => void
}

/** Reads a list of a program, page by page, newest first as the API gives it. */
export function usePages<N extends PagedRoute>(name: N, programId: string): Pages<Item<N>> {
  const [read, setRead] = useState<{ items?: Item<N>[]; next: string | null; failed?: Pages<Item<N>>['failed'] }>({ next: null })
  const [loading, setLoading] = useState(true)
  const asking = useRef(false)
  const ask = useCallback(
    async (cursor: string | null) => {
      if (asking.current) return
      asking.current = true
      setLoading(true)
      try {
        const query = cursor === null ? { limit: '50' } : { limit: '50', cursor }
        const answer = await callAsMe(name as 'listMoney', { params: { programId }, query })
        setRead((before) => {
          if (!answer.ok) return { ...before, failed: { problem: answer.problem } }
          const page = answer.value as unknown as Page<Item<N>>
          return { items: [...(cursor === null ? [] : (before.items ?? [])), ...page.items], next: page.next }
        })
      } catch {
        setRead((before) => ({ ...before, failed: { problem: undefined } }))
      } finally {
        asking.current = false
        setLoading(false)
      }
    },
    [name, programId],
  )
  useEffect(() => void ask(null), [ask])
  return { items: read.items, next: read.next, failed: read.failed, loading, more: () => void ask(read.next) }
}
