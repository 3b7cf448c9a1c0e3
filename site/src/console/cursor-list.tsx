import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ProblemAlert } from './problem-alert.tsx'
import type { Pages } from './use-pages.ts'

interface Parts<T> {
  pages: Pages<T>
  /** What the button says that reads on. */
  more: string
  /** Stands where nothing is listed. */
  empty: ReactNode
  children: (items: readonly T[]) => ReactNode
}

/** Cards that are read page by page: bones while they come, the problem when they do not, an empty shelf, or all that was read with the way to more of it. */
export function CursorList<T>({ pages: { items, next, failed, loading, more: read }, more, empty, children }: Parts<T>) {
  if (items === undefined)
    return failed ? <ProblemAlert failed={failed} again={read} /> : <Skeleton active title={false} paragraph={{ rows: 6 }} />
  return (
    <>
      {items.length === 0 ? empty : children(items)}
      <ProblemAlert failed={failed} />
      {next !== null && (
        <p>
          <Button loading={loading} onClick={read}>
            {more}
          </Button>
        </p>
      )}
    </>
  )
}
