import * as z from 'zod/mini'

/** A text in both languages of the house; Chinese is the first and always there. */
export const Text = z.strictObject({
  zh: z.string().check(z.minLength(1), z.maxLength(4000)),
  en: z.string().check(z.minLength(1), z.maxLength(4000)),
})
export type Text = z.infer<typeof Text>

export type Language = 'zh' | 'en'

/** Fills `{name}` places of a sentence; a name without a value stays as it is, so that a forgotten one shows in tests. */
export function fill(sentence: string, values: Record<string, unknown> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    return value === undefined ? place : Array.isArray(value) ? value.join(', ') : String(value)
  })
}

/** The language an `Accept-Language` header asks for. Chinese unless English is named first. */
export function preferredLanguage(header: string | undefined): Language {
  const first = header
    ?.split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((p) => /^\s*q=([\d.]+)/.exec(p)?.[1]).find(Boolean)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter((choice) => choice.quality > 0 && /^(zh|en)\b/.test(choice.tag))
    .sort((a, b) => b.quality - a.quality)[0]
  return first?.tag.startsWith('en') ? 'en' : 'zh'
}
