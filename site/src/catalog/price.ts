import { yuan } from '@skills/contract/money.ts'
import { html, type Html } from '../html.ts'
import type { Language } from '../language.ts'

/** A price in fen as words. */
export const priceText = (fen: number, lang: Language) => (fen === 0 ? (lang === 'zh' ? '免费' : 'Free') : yuan(fen))

/** A price in fen on a tag. */
export const priceTag = (fen: number, lang: Language, big = false): Html =>
  html`<span class="price${big ? ' big' : ''}">${priceText(fen, lang)}</span>`
