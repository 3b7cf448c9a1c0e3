/** What an invitation says about money. */
export const invitationText = {
  zh: {
    atListPrice: '这个名额由您的单位按标价付款，不用您的工会补贴，也不占您的补贴资格。',
    couldGet: (sum: string, programs: string) =>
      `按今天的规则，您自己报名这一期可得补贴 ${sum}（${programs}）。接受单位的名额后，这份补贴不会用掉，以后仍可用于其他符合条件的培训。`,
  },
  en: {
    atListPrice: 'Your employer pays this seat at list price. It uses no union subsidy and none of your entitlement to one.',
    couldGet: (sum: string, programs: string) =>
      `By today’s rules you would get ${sum} of subsidy by claiming a seat of this run yourself (${programs}). If you accept your employer’s seat it is not used up: you can use it for other training that it covers.`,
  },
}
