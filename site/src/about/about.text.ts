export const aboutText = {
  zh: {
    title: '平台说明',
    lead: '技能培训超市是什么，谁办培训，谁发证，个人信息怎么用。',
    what: '这里是什么',
    whatText: '培训机构把课程和班次摆上来，职工挑选、占座、上课。每一期的价格、时间、地点、余位都写在明处，余位是实时的。',
    families: '三类证书，发的人不一样',
    familiesText: '课程页都写明它属于哪一类。平台只登记培训经历，从不代发前两类证书。',
    list: [
      [
        '特种作业操作证',
        '电工、焊工、高处作业等。由应急管理部门组织考核、发证，六年有效，三年复审。培训与考试分开，平台不办考试，也不发证。',
      ],
      ['职业技能等级证书', '新八级工，从学徒工到首席技师。由人社部门备案的评价机构或企业评价、发证。'],
      ['培训结业证明', '学完并考核合格，由培训机构发放，平台可以登记和查验。'],
    ],
    rules: '占座的规矩',
    rulesList: [
      '一人一期只占一个座，重复点击只算一次。',
      '时间冲突的两期不能同时占。',
      '每一期写明最晚什么时候可以自己退出；退出后名额立刻放回货架。',
      '名额先到先得；满了可以候补，按先后顺序留座，不加塞。',
      '要付费的班次，先看到补贴后的价格和理由再确认；座位保留 45 分钟，不延长。付了钱没有座位，自动全额退回。',
    ],
    become: '成为培训机构',
    becomeText: '有办学资质的机构可以在线申请入驻：填写资料、上传证照，草稿随时保存；平台审核通过后即可排课、发布。',
    becomeLink: '申请入驻',
    privacy: '个人信息',
    privacyText: '身份证号和手机号加密保存，只在办理报名时核对，页面上只显示一部分。授权可以随时撤回，数据可以随时导出和更正。',
    ranking: '课程的推荐顺序是怎么排的',
    quality: '质量数据、投诉怎么办、哪些机构正在受到处理',
    see: '看看货架',
  },
  en: {
    title: 'How this works',
    lead: 'What the skills supermarket is, who trains, who certifies, and what happens to your data.',
    what: 'What this is',
    whatText:
      'Providers put courses and dated runs on the shelves; workers choose, claim a seat and turn up. Price, times, place and the seats left stand in plain sight, and the seats are live.',
    families: 'Three kinds of certificate, three issuers',
    familiesText: 'Every course says which kind it belongs to. We record training only and never issue the first two.',
    list: [
      [
        'Special-operations licence',
        'Electricians, welders, work at height and so on. Examined and issued by the emergency-management authority, valid for six years with a review after three. Training and examination are separate: we hold no exams and issue no licences.',
      ],
      [
        'Skill-level certificate',
        'The eight levels from apprentice to chief technician. Assessed and issued by bodies or enterprises registered with the human-resources authority.',
      ],
      ['Certificate of completion', 'Issued by the provider to those who finish and pass; we can record and verify it.'],
    ],
    rules: 'Rules for seats',
    rulesList: [
      'One seat per person and run; pressing twice changes nothing.',
      'Two runs whose times overlap cannot both be yours.',
      'Each run says until when you can leave by yourself; the seat returns to the shelf at once.',
      'First come, first served; once full there is a waiting list, served in order. Nobody jumps the line.',
      'Where a run has a price you see it after subsidy, with the reasons, before you confirm. The seat is then held for 45 minutes, never longer. Money that bought no seat returns in full by itself.',
    ],
    become: 'Become a provider',
    becomeText:
      'Organizations that may teach apply online: fill in the facts, upload the papers, save the draft at any time. Once the platform has approved it they plan and publish runs.',
    becomeLink: 'Apply as a provider',
    privacy: 'Your data',
    privacyText:
      'ID and mobile numbers are encrypted, used for claiming seats only, and shown in part. Consents can be withdrawn, data exported and corrected at any time.',
    ranking: 'How the recommended order of courses comes about',
    quality: 'Quality figures, complaints, and who is under a sanction',
    see: 'See the shelves',
  },
}
