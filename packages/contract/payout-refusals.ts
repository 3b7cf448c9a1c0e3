import { entry, type Entry } from './refusal-entry.ts'

/** What payout statements refuse. */
export const payoutRefusals = {
  'payout-too-early': entry(
    409,
    'later',
    '还不能结算',
    'It is too early for a statement',
    '结算单要等全部课程结束后才能关闭：{from} 起。',
    'A statement can be closed once the last meeting is over: from {from} on.',
  ),
  'payout-unchanged': entry(
    409,
    'later',
    '没有新的内容可结算',
    'There is nothing new to state',
    '自上一份结算单以来没有变化；以后的退款或新的出勤记录会进入下一份。',
    'Nothing has changed since the last statement. Later refunds and new evidence of attendance will go into the next one.',
  ),
  'payout-changed': entry(
    409,
    'after-change',
    '金额刚刚变了',
    'The sum has just changed',
    '您看到的差额与现在的不同。请刷新，核对后再关闭。',
    'The difference you saw is not what it is now. Load it again, look at it, then close.',
  ),
  'payout-overpaid': entry(
    409,
    'after-change',
    '超过未付金额',
    'More than is open',
    '这份结算单未付 {statement}，该机构全部结算单合计未付 {provider}，不能登记更多。没有做任何改动，请核对金额。',
    'Of this statement {statement} is open, of all statements of the provider {provider}. Nothing was changed; please compare the sum.',
  ),
} satisfies Record<string, Entry>
