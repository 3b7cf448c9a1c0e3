import { StripeRefusal } from './stripe-refusal.ts'

/** Parameters as they travel: flat, with brackets in the names (`line_items[0][quantity]`). */
export type Parameters = ReadonlyMap<string, string>
/** What a parameter may be: one of some words, or a text of a form. Numbers in brackets are written `[]`, keys of metadata `[*]`. */
export type Rules = Record<string, readonly string[] | RegExp>

export const wholeNumber = /^\d{1,15}$/
export const anyText = /^[^]{1,5000}$/
export const yesOrNo = ['true', 'false']
export const metadataText = /^[^]{0,500}$/
/** What every list takes. */
export const listRules: Rules = { limit: wholeNumber, starting_after: anyText, ending_before: anyText, 'expand[]': anyText }
export const createdRules: Rules = Object.fromEntries(
  ['created', 'created[gt]', 'created[gte]', 'created[lt]', 'created[lte]'].map((name) => [name, wholeNumber]),
)

/** Reads a form or a query; a parameter given twice is refused. */
export function readParameters(text: string): Parameters {
  const read = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (read.has(name)) throw new StripeRefusal(`Received the parameter ${name} twice`, { param: name })
    read.set(name, value)
  }
  return read
}

/** Refuses parameters that a call does not know, values that are not of their form, and what is missing. */
export function checkParameters(given: Parameters, rules: Rules, required: readonly string[] = []): void {
  for (const [name, value] of given) {
    const rule = rules[name.replace(/\[\d*\]/g, '[]').replace(/(?<=\bmetadata\]?)\[[^\]]{1,40}\]$/, '[*]')]
    if (name.startsWith('payment_method_types'))
      throw new StripeRefusal('The parameter payment_method_types is no longer supported. Use allowed_payment_method_types instead.', {
        code: 'payment_method_types_no_longer_supported',
        param: 'payment_method_types',
      })
    if (rule === undefined) throw new StripeRefusal(`Received unknown parameter: ${name}`, { code: 'parameter_unknown', param: name })
    if (rule instanceof RegExp ? rule.test(value) : rule.includes(value)) continue
    if (rule === wholeNumber) throw new StripeRefusal(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param: name })
    if (value === '') throw new StripeRefusal(`You passed an empty string for '${name}'.`, { code: 'parameter_invalid_empty', param: name })
    const must = rule instanceof RegExp ? '' : `: must be one of ${rule.join(', ')}`
    throw new StripeRefusal(`Invalid ${name}${must}`, { param: name })
  }
  for (const name of required)
    if (!given.has(name)) throw new StripeRefusal(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name })
}

/** The metadata under a name (`metadata`, `payment_intent_data[metadata]`); at most 50 keys. */
export function metadataIn(given: Parameters, name: string): Record<string, string> {
  const found = [...given]
    .filter(([key]) => key.startsWith(`${name}[`))
    .map(([key, value]) => [key.slice(name.length + 1, -1), value] as const)
  if (found.length > 50) throw new StripeRefusal('Metadata can have up to 50 keys.', { param: name })
  return Object.fromEntries(found)
}

/** A predicate for `created`, `created[gte]` and the like; seconds. */
export function createdWithin(given: Parameters): (one: { created: number }) => boolean {
  const bound = (name: string) => (given.has(name) ? Number(given.get(name)) : undefined)
  const [at, gt, gte, lt, lte] = ['created', 'created[gt]', 'created[gte]', 'created[lt]', 'created[lte]'].map(bound)
  return ({ created }) =>
    (at === undefined || created === at) &&
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte)
}
