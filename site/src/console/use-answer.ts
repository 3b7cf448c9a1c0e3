import type { Problem } from '@skills/contract/client.ts'
import type { RouteName } from '@skills/contract/paths.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { callAsMe } from '../identity/my-api.ts'

type Input<N extends RouteName> = Parameters<typeof callAsMe<N>>[1]
/** What a route answers. */
export type AnswerOf<N extends RouteName> = Extract<Awaited<ReturnType<typeof callAsMe<N>>>, { ok: true }>['value']

/** What is known of an answer: nothing yet, the answer, or what was refused (`problem` is undefined where nothing answered). */
export interface Asked<T> {
  value: T | undefined
  /** Set when the last call was refused or lost; what was known before stays. */
  failed: { problem: Problem | undefined } | undefined
  loading: boolean
  /** Asks again and keeps showing what is known until the new answer is there. */
  again: () => void
  /** Shows what a change answered, without asking. */
  show: (value: T) => void
}

/** Reads a route as the person signed in. `input` undefined asks nothing. An answer that is overtaken by a newer question is dropped. */
export function useAnswer<N extends RouteName>(name: N, input: Input<N> | undefined): Asked<AnswerOf<N>> {
  const question = input === undefined ? undefined : JSON.stringify(input)
  const [known, setKnown] = useState<{ question?: string; value?: AnswerOf<N>; failed?: Asked<AnswerOf<N>>['failed'] }>({})
  const [loading, setLoading] = useState(question !== undefined)
  const [turn, setTurn] = useState(0)
  const latest = useRef(0)
  useEffect(() => {
    if (question === undefined) return
    const mine = (latest.current += 1)
    setLoading(true)
    callAsMe(name, JSON.parse(question) as Input<N>).then(
      (answer) => {
        if (latest.current !== mine) return
        setLoading(false)
        setKnown((before) =>
          answer.ok
            ? { question, value: answer.value as AnswerOf<N> }
            : { question, value: before.question === question ? before.value : undefined, failed: { problem: answer.problem } },
        )
      },
      () => {
        if (latest.current !== mine) return
        setLoading(false)
        setKnown((before) => ({
          question,
          value: before.question === question ? before.value : undefined,
          failed: { problem: undefined },
        }))
      },
    )
  }, [name, question, turn])
  const again = useCallback(() => setTurn((n) => n + 1), [])
  const show = useCallback(
    (value: AnswerOf<N>) => {
      latest.current += 1
      setLoading(false)
      setKnown({ question, value })
    },
    [question],
  )
  const current = known.question === question ? known : {}
  return { value: current.value, failed: current.failed, loading: loading || known.question !== question, again, show }
}
