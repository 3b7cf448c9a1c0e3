/** What the operators' page of appointments says beside the list of members. */
export const appointmentsText = {
  zh: {
    title: '任命',
    lead: '选择机构，查看谁代表它，并任命、变更或解除。机构负责人也可以在自己的工作台管理人员。',
    known: '按名称查找（工会、目录里的培训机构、平台）',
    placeholder: '输入名称',
    platform: '平台（技能培训超市）',
    id: '机构编号',
    idHint: '培训机构 prv_、工会 spo_、用人单位 emp_、平台 plt_ 开头，后面 26 位。',
    open: '打开',
    employer: '登记新的用人单位',
    employerHint: '用人单位从第一次任命开始存在：点一下得到新编号，再填写名称并任命负责人。',
  },
  en: {
    title: 'Appointments',
    lead: 'Choose an organization to see who acts for it, and to appoint, change or end. Its managers can look after their people in their own console too.',
    known: 'Find by name (unions, providers of the catalog, the platform)',
    placeholder: 'Type a name',
    platform: 'The platform (Skills Supermarket)',
    id: 'Number of the organization',
    idHint: 'It begins with prv_ (provider), spo_ (union), emp_ (employer) or plt_ (platform), with 26 characters after it.',
    open: 'Open',
    employer: 'Register a new employer',
    employerHint: 'An employer begins with its first appointment: press for a new number, then say its name and appoint its manager.',
  },
}
