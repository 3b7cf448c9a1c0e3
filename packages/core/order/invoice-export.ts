import type { InvoiceRequest } from '@skills/contract/employers.routes.ts'
import { dateAt } from '@skills/contract/time.ts'
import { csvOf, fitting, type FileLimits } from '../csv.ts'

const headings = [
  '申请编号',
  '订单',
  '类型',
  '付款方',
  '发票抬头',
  '税号',
  '项目',
  '金额（元）',
  '冲红对应',
  '申请日期',
  '保存至',
  '发票号码',
]
const payers: Record<InvoiceRequest['payer'], string> = { person: '个人', employer: '用人单位', sponsor: '工会' }

/** Fen as yuan with two decimals. What is taken back stands without a sign: its kind says so. */
const yuanOf = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** Invoice requests as a CSV for the tax system: what is to be issued to whom. It is data for the payee, and no invoice. What is past the limits is left out, and the last line says so. */
export function invoiceSheet(invoices: readonly InvoiceRequest[], limits: FileLimits): string {
  const rows = invoices.map((one) => [
    one.id,
    one.orderId,
    one.kind === 'blue' ? '蓝字' : '红字',
    payers[one.payer],
    one.title ?? '',
    one.taxNumber ?? '',
    one.item,
    yuanOf(one.fen),
    one.of ?? '',
    dateAt(one.requestedAt),
    one.keepUntil,
    one.number ?? '',
  ])
  const shown = fitting(rows, limits)
  const notAll = shown.length < rows.length ? [[`未完：本文件只有最近的 ${shown.length} 条，更早的申请不在其中。`]] : []
  return csvOf([headings, ...shown, ...notAll])
}
