import { Table, type TableProps } from 'antd'

/** A table of the house: small rows, in a frame of its own that scrolls sideways, with the keyboard too. `label` says what it lists. */
export function DataTable<T extends object>({ label, pageSize = 20, ...rest }: TableProps<T> & { label: string; pageSize?: number }) {
  const many = (rest.dataSource?.length ?? 0) > pageSize
  return (
    <div className="table-frame" role="region" aria-label={label} tabIndex={0}>
      <Table<T> size="small" pagination={many ? { pageSize, showSizeChanger: false } : false} {...rest} />
    </div>
  )
}
