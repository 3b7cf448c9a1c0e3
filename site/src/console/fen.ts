import { yuan } from '@skills/contract/money.ts'

/** Yuan as a person types them → fen, exact to the fen. */
export const fenOf = (typed: number | string | null | undefined): number => Math.round(Number(typed ?? 0) * 100)

/** Fen → yuan as a field holds them. */
export const yuanOf = (fen: number): number => fen / 100

/** Fen for the axis of a chart: whole yuan, with 万 or k where there are many. */
export function shortYuan(fen: number, lang: 'zh' | 'en'): string {
  const whole = fen / 100
  if (lang === 'zh' && whole >= 10_000) return `¥${+(whole / 10_000).toFixed(1)}万`
  if (lang === 'en' && whole >= 1_000_000) return `¥${+(whole / 1_000_000).toFixed(1)}m`
  if (lang === 'en' && whole >= 10_000) return `¥${+(whole / 1000).toFixed(1)}k`
  return yuan(Math.round(whole) * 100)
}
