import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { operatorClient, sendCatalog, type Total } from './send-catalog.ts'

/** `npm run import -- file.csv [--write] [--api https://…/api]`: tries a catalog file out and says what would come of it; writes it with `--write`. */
const listed = 50

/** How wide a text stands in a terminal: Han and full-width letters take two places. */
const widthOf = (text: string) =>
  [...text].reduce(
    (sum, letter) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(letter) ? 2 : 1),
    0,
  )
const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)))

function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  return rows
    .map(
      (row) =>
        '  ' +
        row
          .map((cell, column) => padded(cell, widths[column]!))
          .join('  ')
          .trimEnd(),
    )
    .join('\n')
}

function reportText(total: Total, english: boolean): string {
  const word = (zh: string, en: string) => (english ? en : zh)
  const counts = [
    [word('编码', 'encoding'), total.encoding],
    [word('行数', 'rows'), String(total.rows)],
    [word('新建', 'created'), String(total.created)],
    [word('更新', 'changed'), String(total.changed)],
    [word('没有变化', 'unchanged'), String(total.unchanged)],
    [word('未通过', 'rejected'), String(total.rejected)],
  ]
  const remarks = total.remarks
    .slice(0, listed)
    .map((one) => [String(one.row), one.column ?? '—', english ? one.detail.en : one.detail.zh, one.code])
  const more = total.remarks.length - remarks.length
  const last = total.written
    ? total.created + total.changed === 0
      ? word('没有需要写入的内容。', 'There was nothing to write.')
      : word('已写入。', 'Written.')
    : word('这是试算，什么也没有写入；加 --write 写入。', 'This was a dry run and nothing was written; add --write to write.')
  return [
    table(counts),
    ...(remarks.length === 0
      ? []
      : ['', table([[word('行', 'row'), word('列', 'column'), word('说明', 'remark'), word('代码', 'code')], ...remarks])]),
    ...(more > 0 ? [word(`  …… 还有 ${more} 条`, `  … and ${more} more`)] : []),
    '',
    last,
  ].join('\n')
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, api: { type: 'string' } },
  })
  const [file] = positionals
  if (file === undefined || positionals.length > 1)
    throw new Error('用法 · usage: npm run import -- <file.csv|file.xlsx> [--write] [--api https://…/api]')
  const bytes = readFileSync(file)
  const total = await sendCatalog(operatorClient(values.api), bytes, values.write, (done, pieces) => {
    if (pieces > 1) console.error(`${done}/${pieces}`)
  })
  console.log(reportText(total, /^en/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '')))
  process.exitCode = total.rejected > 0 ? 2 : 0
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
