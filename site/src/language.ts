import type { Language, Text } from '@skills/contract/text.ts'

export type { Language }

/** The address of a page in a language: Chinese at `/`, English at `/en/`. */
export const at = (lang: Language, path: string) => (lang === 'zh' ? path : `/en${path}`)

/** A text in the language asked for. */
export const say = (text: Text, lang: Language) => text[lang]

/** The language of the page that a script runs in. */
export const pageLanguage = (): Language => (document.documentElement.lang.startsWith('en') ? 'en' : 'zh')
