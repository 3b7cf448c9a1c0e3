import type { EntryCondition } from '@skills/contract/catalog.ts'
import { educations, levels } from '@skills/contract/taxonomy.ts'
import type { Text } from '@skills/contract/text.ts'
import { ageOn } from '@skills/contract/time.ts'

/** What is known of a person when entry conditions are judged. */
export interface EntryFacts {
  bornOn: string | null
  education: (typeof educations)[number] | null
  certificates: readonly { trade: string; level: (typeof levels)[number] | null }[]
  /** The signed commitment that replaces the medical report (notice of the Ministry of Emergency Management, 2018-12). */
  healthCommitment: boolean
}

const educationNames: Record<(typeof educations)[number], Text> = {
  primary: { zh: '小学', en: 'primary school' },
  'junior-middle': { zh: '初中', en: 'junior middle school' },
  'senior-middle': { zh: '高中（含中专、技校）', en: 'senior middle school' },
  college: { zh: '大专', en: 'college' },
  bachelor: { zh: '本科', en: 'a bachelor degree' },
}

/**
 * Judges one entry condition. In: the condition, the facts, the civil date of the first meeting. Out: undefined when it is met,
 * otherwise what would meet it, in both languages. Ages count in full years on that date.
 */
export function unmet(condition: EntryCondition, facts: EntryFacts, startsOn: string): Text | undefined {
  switch (condition.kind) {
    case 'age':
      return unmetAge(condition.min, condition.max, facts.bornOn, startsOn)
    case 'education': {
      const need = educationNames[condition.atLeast]
      if (facts.education !== null && educations.indexOf(facts.education) >= educations.indexOf(condition.atLeast)) return undefined
      return facts.education === null
        ? { zh: `需要${need.zh}及以上学历，请在个人信息里填写学历`, en: `needs ${need.en} or more; state your education in your profile` }
        : { zh: `需要${need.zh}及以上学历`, en: `needs ${need.en} or more` }
    }
    case 'health-commitment':
      return facts.healthCommitment ? undefined : { zh: '需要签署健康承诺书', en: 'needs your signed health commitment' }
    case 'certificate': {
      const wanted = condition.level === undefined ? -1 : levels.indexOf(condition.level)
      const held = facts.certificates.some(
        (certificate) =>
          certificate.trade === condition.trade &&
          (wanted < 0 || (certificate.level !== null && levels.indexOf(certificate.level) >= wanted)),
      )
      return held
        ? undefined
        : {
            zh: '需要先持有本工种的证书，请在个人信息里登记已有证书',
            en: 'needs a certificate of this trade first; add the ones you hold to your profile',
          }
    }
  }
}

function unmetAge(min: number | undefined, max: number | undefined, bornOn: string | null, startsOn: string): Text | undefined {
  if (bornOn === null) return { zh: '需要先填写身份证号以核对年龄', en: 'needs your ID number, to know your age' }
  const age = ageOn(bornOn, startsOn)
  if (min !== undefined && age < min) return { zh: `开课当天须年满 ${min} 周岁`, en: `you must be ${min} on the first day` }
  if (max !== undefined && age > max) return { zh: `开课当天不得超过 ${max} 周岁`, en: `you may be at most ${max} on the first day` }
  return undefined
}
