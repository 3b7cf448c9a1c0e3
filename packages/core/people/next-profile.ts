import type { ProfileInput } from '@skills/contract/people.routes.ts'
import { Refusal, type FieldError } from '@skills/contract/refusals.ts'
import type { Text } from '@skills/contract/text.ts'
import { tradeOf } from '../catalog/taxonomy.ts'
import { mobile } from './mobile.ts'
import { maskName, personName } from './person-name.ts'
import type { Clear, ProfileParts } from './profile.ts'
import { residentId } from './resident-id.ts'

/**
 * The profile that follows from what a person wrote. In: the input, what is held already (undefined the first time) and the civil date
 * of today. Fields left out stay as they are. Refuses `validation-failed` with every field that was not accepted at once, and no values.
 */
export function nextProfile(input: ProfileInput, held: ProfileParts | undefined, today: string): ProfileParts {
  const errors: FieldError[] = []
  const accepted = <J extends { ok: true } | ({ ok: false } & Omit<FieldError, 'pointer'>)>(pointer: string, judged: J | undefined) => {
    if (judged !== undefined && !judged.ok) errors.push({ pointer, code: judged.code, detail: judged.detail })
    return judged?.ok === true ? (judged as Extract<J, { ok: true }>) : undefined
  }
  const name = accepted('#/realName', personName(input.realName))
  const id = accepted('#/residentId', input.residentId === undefined ? undefined : residentId(input.residentId, today))
  const phone = accepted('#/mobile', input.mobile === undefined ? undefined : mobile(input.mobile))
  const certificates = input.certificates?.flatMap(({ trade, level }, place) => {
    const code = accepted(`#/certificates/${place}/trade`, tradeNamed(trade))?.code
    return code === undefined ? [] : [{ trade: code, level }]
  })
  if (errors.length > 0) throw new Refusal('validation-failed', { count: errors.length }, { errors })

  const clear: Clear = {
    realName: name?.name ?? null,
    residentId: id?.id ?? held?.clear.residentId ?? null,
    mobile: phone?.e164 ?? held?.clear.mobile ?? null,
    unionNumber: input.unionNumber === undefined ? (held?.clear.unionNumber ?? null) : input.unionNumber,
  }
  return {
    clear,
    open: {
      bornOn: id?.bornOn ?? held?.open.bornOn ?? null,
      region: input.region,
      employmentKind: input.employmentKind,
      education: input.education === undefined ? (held?.open.education ?? null) : input.education,
      certificates: certificates ?? held?.open.certificates ?? [],
      maskedName: maskName(clear.realName ?? ''),
      missing: (['residentId', 'mobile'] as const).filter((field) => clear[field] === null),
    },
  }
}

/** A trade by its name or code, as the code that entry conditions compare. Only words of the taxonomy are kept: they are readable and never personal. */
function tradeNamed(text: string): { ok: true; code: string } | { ok: false; code: string; detail: Text } {
  const term = tradeOf(text)
  if (term !== undefined) return { ok: true, code: term.code }
  const detail = {
    zh: '没有这个工种，请从列表中选择，或填写工种的全称或代码。',
    en: 'There is no such trade. Choose one from the list, or enter its full name or code.',
  }
  return { ok: false, code: 'trade-unknown', detail }
}
