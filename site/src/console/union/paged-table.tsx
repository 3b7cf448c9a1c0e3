import { Button, Skeleton, type TableProps } from 'antd'
import type { ReactNode } from 'react'
import { DataTable } from '../data-table.tsx'
import { consoleText } from '../console.text.ts'
import { pageLanguage } from '../../language.ts'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import type { Pages } from '../use-pages.ts'

const w = consoleText[pageLanguage()]

interface Parts<T> {
  pages: Pages<T>
  /** What the table lists. */
  label: string
  none: string
  noneHint: string
  rowKey: (line: T) => string
  columns: TableProps<T>['columns']
  /** Stands above the table once there is something in it. */
  above?: (items: readonly T[]) => ReactNode
}

/** A list that is read page by page: bones while it comes, the problem when it does not, an empty shelf, or the table with the way to more of it. */
export function PagedTable<T extends object>({ pages, label, none, noneHint, rowKey, columns, above }: Parts<T>) {
  const { items, next, failed, loading, more } = pages
  if (items === undefined)
    return failed ? <ProblemAlert failed={failed} again={more} /> : <Skeleton active title={false} paragraph={{ rows: 6 }} />
  if (items.length === 0) return <NothingYet title={none} hint={noneHint} />
  return (
    <div className="stack">
      {above?.(items)}
      <DataTable<T> label={label} rowKey={rowKey} dataSource={items} pagination={false} columns={columns ?? []} />
      <ProblemAlert failed={failed} />
      {next !== null && (
        <Button loading={loading} onClick={more}>
          {w.more}
        </Button>
      )}
    </div>
  )
}
