import { DataTable } from './data-table.tsx'
import { pageLanguage } from '../language.ts'
import { consoleText } from './console.text.ts'

const lang = pageLanguage()
const w = consoleText[lang].report

interface Remark {
  row: number
  column: string | null
  code: string
  detail: { zh: string; en: string }
}
/** What a file said that was not understood, row by row. */
export const RemarksTable = ({ remarks }: { remarks: readonly Remark[] }) => (
  <DataTable<Remark>
    label={w.what}
    rowKey={({ row, column, code }) => `${row}/${column}/${code}`}
    dataSource={remarks}
    columns={[
      { title: w.row, dataIndex: 'row', width: 80 },
      { title: w.column, dataIndex: 'column', render: (column: string | null) => column ?? '—' },
      { title: w.what, dataIndex: 'detail', render: (detail: Remark['detail']) => detail[lang] },
    ]}
  />
)
