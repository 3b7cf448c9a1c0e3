import type { Reveal } from '@skills/contract/learners.routes.ts'
import type { RevealPurpose } from '@skills/contract/reveal.ts'
import type { Text } from '@skills/contract/text.ts'

/** What a look-up was for, as people say it. */
const purposeWords: Record<RevealPurpose, Text> = {
  contact: { zh: '就这一期的事与您联系', en: 'to reach you about this run' },
  emergency: { zh: '紧急情况', en: 'an emergency' },
  appraisal: { zh: '技能评价报名', en: 'to register you for an appraisal' },
}

const fields: Record<Reveal['what'], Text> = { name: { zh: '姓名', en: 'name' }, mobile: { zh: '手机号', en: 'mobile number' } }

/** The notice to whose name or number was looked at. The words of who looked stand on her profile page, not here. */
export function revealNotice({ what, purpose, runTitle, providerName }: Reveal): { title: Text; body: Text; href: string } {
  const [field, why] = [fields[what], purposeWords[purpose]]
  return {
    title: { zh: `培训机构查看了您的${field.zh}`, en: `A provider looked at your ${field.en}` },
    body: {
      zh: `${providerName.zh}因“${why.zh}”查看了您的${field.zh}（${runTitle.zh}）。是谁、何时、写了什么理由，都在“个人信息”页；不该看的，请联系平台。`,
      en: `${providerName.en} looked at your ${field.en} (${runTitle.en}): ${why.en}. Who, when and in which words stands on your profile page; tell us if it should not have been.`,
    },
    href: '/profile/',
  }
}
