import type { HeldReason, PayoutLine, PayoutStatement, PayoutSum } from '@skills/contract/payout.ts'
import type { Language, Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import { fitting, type FileLimits } from '../csv.ts'

type Row = (string | number)[]

const headings: Text[] = [
  { zh: '名额或团购单', en: 'Seat or group order' },
  { zh: '姓名（脱敏）', en: 'Name (masked)' },
  { zh: '名额数', en: 'Seats' },
  { zh: '状态', en: 'State' },
  { zh: '出勤（分钟）', en: 'Attended (minutes)' },
  { zh: '应到（分钟）', en: 'Out of (minutes)' },
  { zh: '付款方', en: 'Payer' },
  { zh: '已付（元）', en: 'Paid (yuan)' },
  { zh: '退款（元）', en: 'Refunded (yuan)' },
  { zh: '争议扣回（元）', en: 'Taken back by a bank (yuan)' },
  { zh: '暂扣（元）', en: 'Held back (yuan)' },
  { zh: '暂扣原因', en: 'Why it is held back' },
  { zh: '应得（元）', en: 'Earned (yuan)' },
  { zh: '本单差额（元）', en: 'Difference in this statement (yuan)' },
  { zh: '规则', en: 'Rule' },
]
const states: Record<PayoutLine['state'], Text> = { active: { zh: '在读', en: 'active' }, left: { zh: '已退出', en: 'left' } }
const reasons: Record<HeldReason, Text> = {
  'run-not-given': { zh: '尚未结课', en: 'the run is not over' },
  'run-cancelled': { zh: '班次取消，退还付款人', en: 'the run was cancelled; it goes back to who paid' },
  'evidence-missing': { zh: '没有出勤记录', en: 'no evidence of attendance' },
  'attendance-short': { zh: '出勤不足，按比例', en: 'attended in part; paid in proportion' },
  'not-attended': { zh: '出勤低于最低比例', en: 'attended less than the least that is paid for' },
  'dispute-open': { zh: '支付争议未决', en: 'a payment is disputed' },
}
const whoPays: Record<PayoutSum['payer'], Text> = {
  learner: { zh: '学员', en: 'learner' },
  employer: { zh: '用人单位', en: 'employer' },
  sponsor: { zh: '工会项目', en: 'sponsor' },
}

/**
 * A payout statement as rows for a spreadsheet, one for each line and payer: names masked, sums of the whole run below, and in the last row who took it and when. What is past the limits is left
 * out, and a row says so. In: who takes it, and when.
 */
export function payoutSheet(
  statement: PayoutStatement,
  lines: readonly PayoutLine[],
  { by, at, language, limits }: { by: string; at: string; language: Language; limits: FileLimits },
): Row[] {
  const names = new Map(statement.sums.map((sum) => [nameOf(sum), payerName(sum, language)]))
  const rows = lines.flatMap((line) => {
    const { id, maskedName, seats, state, attended, parts, differenceFen } = line
    const head: Row = [id, maskedName ?? '', seats, states[state][language], attended?.minutes ?? '', attended?.outOfMinutes ?? '']
    return parts.map((part, place): Row => {
      const why = part.held.map(({ reason, fen }) => `${reasons[reason][language]} ${fen / 100}`).join('；')
      const money = [part.paidFen, part.refundedFen, part.lostFen, part.heldFen].map((fen) => fen / 100)
      return [
        ...head,
        names.get(nameOf(part)) ?? part.payer,
        ...money,
        why,
        part.earnedFen / 100,
        place === 0 ? differenceFen / 100 : '',
        part.rule,
      ]
    })
  })
  const shown = fitting(rows, { ...limits, rows: limits.rows - 100 })
  const sums = statement.sums.map((sum): Row => {
    const money = [sum.paidFen, sum.refundedFen, sum.lostFen, sum.heldFen].map((fen) => fen / 100)
    return [words.sum[language], '', '', '', '', '', payerName(sum, language), ...money, '', sum.earnedFen / 100, '', '']
  })
  const notAll: Row[] = shown.length < rows.length ? [[words.notAll[language]]] : []
  const { number, closedAt, runName, title } = statement
  const about = `${title[language]} · ${runName[language]} · ${words.number[language]} ${number} · ${stamp(closedAt)}`
  const taken = language === 'zh' ? `导出：${by}，${stamp(at)}` : `Exported by ${by}, ${stamp(at)}`
  return [[about], headings.map((heading) => heading[language]), ...shown.map((row) => [...row]), ...notAll, ...sums, [taken]]
}

const words = {
  sum: { zh: '班次合计', en: 'The whole run' },
  number: { zh: '结算单', en: 'statement' },
  notAll: { zh: '未完：其余各行不在本文件中，请在页面查看。', en: 'Not all: the other lines stand on the page.' },
}
const nameOf = ({ payer, sponsorId, programId }: Pick<PayoutSum, 'payer' | 'sponsorId' | 'programId'>) =>
  `${payer} ${sponsorId ?? ''} ${programId ?? ''}`
const payerName = ({ payer, name }: Pick<PayoutSum, 'payer' | 'name'>, language: Language) => name?.[language] ?? whoPays[payer][language]
const stamp = (instant: string) => `${dateAt(instant)} ${clockAt(instant)}`
