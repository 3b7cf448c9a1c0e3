import type { CourseLine } from '@skills/contract/planning.ts'
import { useCallback, useEffect } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import type { AnswerOf, Asked } from '../use-answer.ts'
import { useCursorPages } from '../use-cursor-pages.ts'

/** Every course of a provider with its runs, page after page until the last, so that no choice among them leaves one out; unless `wanted`, nothing is asked. */
export function useAllCourses(
  providerId: string,
  wanted = true,
): Pick<Asked<{ items: readonly CourseLine[] }>, 'value' | 'failed' | 'again'> {
  const ask = useCallback(
    (query: { limit: string; cursor?: string }) =>
      callAsMe('listProviderCourses', { params: { providerId }, query: { ...query, limit: '100' } }),
    [providerId],
  )
  const { items, next, loading, failed, more, again } = useCursorPages<CourseLine, AnswerOf<'listProviderCourses'>>(
    wanted ? ask : undefined,
  )
  const between = next !== null && !loading && failed === undefined
  useEffect(() => {
    if (between) more()
  }, [between, more])
  return { value: items !== undefined && next === null ? { items } : undefined, failed, again }
}
