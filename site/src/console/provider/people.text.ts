/** What the people of a provider read who do not manage it. */
export const peopleText = {
  zh: { notYours: '由机构负责人管理人员', ask: '需要任命或变更角色时，请找本机构的负责人。' },
  en: {
    notYours: 'The managers of the provider look after this',
    ask: 'Ask one of them to appoint somebody or to change what you may do.',
  },
}
