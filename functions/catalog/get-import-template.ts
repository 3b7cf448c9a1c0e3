import { importTemplate } from '@skills/core/catalog/import-template.ts'

/** The import template as a file to download: CSV in UTF-8 with a byte order mark, so that spreadsheet programs read it. */
export function getImportTemplate(): { text: string; headers: Record<string, string> } {
  return {
    text: importTemplate(),
    headers: {
      'content-disposition': `attachment; filename="catalog-template.csv"; filename*=UTF-8''${encodeURIComponent('课程目录导入模板')}.csv`,
    },
  }
}
