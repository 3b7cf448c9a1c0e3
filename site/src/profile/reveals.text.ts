/** What the profile page says of who looked at her data. */
export const revealsText = {
  zh: {
    title: '谁查看过我的信息',
    lead: '培训机构每次查看您的姓名或手机号，都会列在这里，并通知您。',
    none: '没有人查看过。',
    what: { name: '姓名', mobile: '手机号' },
    purposes: { contact: '就这一期与您联系', emergency: '紧急情况', appraisal: '技能评价报名' },
    by: (provider: string, name: string) => (name === '' ? provider : `${provider}，经办人 ${name}`),
  },
  en: {
    title: 'Who looked at my data',
    lead: 'Each time a provider looks at your name or mobile number it is listed here, and you are told.',
    none: 'Nobody has looked.',
    what: { name: 'Name', mobile: 'Mobile number' },
    purposes: { contact: 'to reach you about this run', emergency: 'an emergency', appraisal: 'to register you for an appraisal' },
    by: (provider: string, name: string) => (name === '' ? provider : `${provider}, by ${name}`),
  },
}
