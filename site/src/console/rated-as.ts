import { meanFrom, type InstructorRating } from '@skills/contract/ratings.ts'
import { pageLanguage } from '../language.ts'

const words = {
  zh: {
    mean: (mean: string, n: number) => `评分 ${mean}（${n} 条）`,
    few: (n: number) => (n === 0 ? '还没有评分' : `评分 ${n} 条，满 ${meanFrom} 条显示`),
  },
  en: {
    mean: (mean: string, n: number) => `rated ${mean} of 5 (${n})`,
    few: (n: number) => (n === 0 ? 'not rated yet' : `${n} rated; shown from ${meanFrom} on`),
  },
}[pageLanguage()]

/** How an instructor was rated by who attended, in words; below three ratings only how many there are. */
export function ratedAs({ count, overallHundredths }: InstructorRating): string {
  return overallHundredths === null ? words.few(count) : words.mean((overallHundredths / 100).toFixed(1), count)
}
