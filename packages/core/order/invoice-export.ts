import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import type { Language, Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'

export type InvoiceRow = (string | number)[]

const headings: Text[] = [
  { zh: '申请编号', en: 'Request' },
  { zh: '订单', en: 'Order' },
  { zh: '类型', en: 'Kind' },
  { zh: '付款方', en: 'Payer' },
  { zh: '发票抬头', en: 'Title' },
  { zh: '税号', en: 'Taxpayer number' },
  { zh: '项目', en: 'Item' },
  { zh: '金额（元）', en: 'Sum (yuan)' },
  { zh: '冲红对应', en: 'Takes back' },
  { zh: '申请日期', en: 'Requested on' },
  { zh: '保存至', en: 'Kept until' },
  { zh: '发票号码', en: 'Invoice number' },
]
const payers: Record<InvoiceRequest['payer'], Text> = {
  person: { zh: '个人', en: 'person' },
  employer: { zh: '用人单位', en: 'employer' },
  sponsor: { zh: '工会', en: 'union' },
}
const kinds: Record<InvoiceRequest['kind'], Text> = { blue: { zh: '蓝字', en: 'blue' }, red: { zh: '红字', en: 'red-letter' } }

/** One invoice request as a row. The sum of what is taken back stands without a sign: its kind says so. */
export function invoiceRow(one: InvoiceRequest, language: Language): InvoiceRow {
  return [
    one.id,
    one.orderId,
    kinds[one.kind][language],
    payers[one.payer][language],
    one.title ?? '',
    one.taxNumber ?? '',
    one.item,
    one.fen / 100,
    one.of ?? '',
    dateAt(one.requestedAt),
    one.keepUntil,
    one.number ?? '',
  ]
}

/**
 * Invoice requests as rows of a file for the tax system: what is to be issued to whom. It is data for the payee, and no invoice. The last lines say who took it and when, and where more stands
 * in a next file. In: the rows that fit into this one.
 */
export function invoiceSheet(
  rows: readonly InvoiceRow[],
  { by, at, language, more }: { by: string; at: string; language: Language; more: boolean },
): InvoiceRow[] {
  const stamp = `${dateAt(at)} ${clockAt(at)}`
  const taken = language === 'zh' ? `导出：${by}，${stamp}` : `Exported by ${by}, ${stamp}`
  const notAll =
    language === 'zh'
      ? `未完：本文件有 ${rows.length} 条，其余在下一份文件里。`
      : `Not all: this file holds ${rows.length} requests. The rest stands in the next file.`
  return [headings.map((heading) => heading[language]), ...rows.map((row) => [...row]), [taken], ...(more ? [[notAll]] : [])]
}
