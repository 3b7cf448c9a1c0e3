import type { InvoiceTitle } from '@skills/contract/orders.routes.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { narrow } from '../people/resident-id.ts'
import { uscc } from './uscc.ts'

const says = (pointer: string, code: string, zh: string, en: string): FieldError => ({ pointer, code, detail: { zh, en } satisfies Text })

// eslint-disable-next-line no-control-regex -- control and invisible characters are what is looked for
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/

/**
 * Whom an invoice is for, as it is kept: title and taxpayer number in one spelling. A firm's number is its unified social credit code (GB 32100) and must be there;
 * a person has none (发票管理办法, 2023 text, art. 18 and 19: the payee issues to who pays, by what was really bought). In: what was typed, and where it stood.
 * Refuses `validation-failed` with every field at once.
 */
export function invoiceTitle(typed: InvoiceTitle, at = '#'): InvoiceTitle {
  const errors: FieldError[] = []
  const title = typed.title.normalize('NFC').trim()
  if (title === '') errors.push(says(`${at}/title`, 'required', '请填写发票抬头。', 'Enter the title of the invoice.'))
  else if (unseen.test(title))
    errors.push(says(`${at}/title`, 'characters', '含有看不见的字符，请重新输入。', 'It holds invisible characters. Please type it again.'))
  const email = typed.email === null || typed.email.trim() === '' ? null : narrow(typed.email).trim()
  if (email !== null && !/^[^\s@"'<>,;]+@[^\s@"'<>,;]+\.[^\s@"'<>,;]+$/.test(email))
    errors.push(
      says(`${at}/email`, 'email', '请填写有效的邮箱，如 name@example.com。', 'Enter an e-mail address such as name@example.com.'),
    )
  const taxNumber = typed.taxNumber === null || typed.taxNumber.trim() === '' ? null : typed.taxNumber
  let code: string | null = null
  if (typed.kind === 'person') {
    if (taxNumber !== null)
      errors.push(
        says(
          `${at}/taxNumber`,
          'tax-number-person',
          '个人发票没有税号，请留空。',
          'An invoice to a person has no taxpayer number. Leave it empty.',
        ),
      )
  } else if (taxNumber === null)
    errors.push(
      says(`${at}/taxNumber`, 'required', '单位发票须填写统一社会信用代码。', 'An invoice to a firm needs its unified social credit code.'),
    )
  else {
    const judged = uscc(taxNumber)
    if (judged.ok) code = judged.uscc
    else errors.push({ pointer: `${at}/taxNumber`, code: judged.code, detail: judged.detail })
  }
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })
  return { kind: typed.kind, title, taxNumber: code, email }
}
