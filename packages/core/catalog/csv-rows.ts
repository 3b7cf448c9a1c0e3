import { CsvError, parse } from 'csv-parse/sync'
import { rejectImport } from './import-refusals.ts'

/** The cells of a CSV text, at most `most` records. Throws `import-rejected` for a quotation mark that is not closed or a record far too long. */
export function csvRows(text: string, most: number): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 200_000,
      to: most,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw rejectImport('cell-too-large')
    throw rejectImport('quotes', { line: Number(error['lines'] ?? 0) })
  }
}

/** The separator that stands most often in the first line outside quotes. */
function delimiterOf(text: string): string {
  const heading = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (mark: string) => heading.split(mark).length
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0]!
}
