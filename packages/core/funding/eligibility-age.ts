import { ageOn, isCivilDate } from '@skills/contract/time.ts'
import { fundingReason, type FundingReason } from './eligibility-reason.ts'

/** Judges an age range, both ends included, in full years on a civil date. A retirement age that differs by person or year is another rule set's data. */
export function ageReason(
  { min, max }: { min: number | null; max: number | null },
  bornOn: string | null,
  startsOn: string,
): FundingReason | undefined {
  if (bornOn === null) return fundingReason('age-unknown')
  const age = ageOn(bornOn, startsOn)
  if (min !== null && age < min) return fundingReason('age-too-low', { min, from: birthday(bornOn, min) })
  if (max !== null && age > max) return fundingReason('age-too-high', { max })
  return undefined
}

/** The civil date on which somebody has so many full years; who is born on 29 February has them on 1 March of a common year. */
function birthday(bornOn: string, years: number): string {
  const year = String(Number(bornOn.slice(0, 4)) + years)
  const date = `${year}${bornOn.slice(4)}`
  return isCivilDate(date) ? date : `${year}-03-01`
}
