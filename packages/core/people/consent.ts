import type { purposes } from '@skills/contract/people.ts'
import type { Consent } from '@skills/contract/people.routes.ts'
import type { Text } from '@skills/contract/text.ts'

export type PurposeName = (typeof purposes)[number]

/** A notice as the law wants it (PIPL art. 14–17, 30): who, why, what, how, how long, which rights. Changed words get a new version. */
export interface ConsentNotice {
  version: string
  /** Without an optional consent everything else works. */
  optional: boolean
  text: Text
}

const rights: Text = {
  zh: '您的权利：您可以随时在“个人信息”页查看、更正、导出我们保存的信息，撤回本项同意（与同意一样只需一步），或要求删除和解释。撤回不影响撤回前已进行的处理。联系方式见网站页脚；对处理有异议的，也可以向网信部门投诉。',
  en: 'Your rights: on the profile page you can at any time see, correct and export what we hold and withdraw this consent, in one step just as you gave it; you can also ask us to delete or explain. Withdrawing does not undo what was done before. How to reach us stands at the foot of every page; you may also complain to the cyberspace authority.',
}

const notice = (version: string, optional: boolean, zh: string, en: string): ConsentNotice => ({
  version,
  optional,
  text: { zh: `${zh}\n${rights.zh}`, en: `${en}\n${rights.en}` },
})

/** The current notice of each purpose. */
export const consentNotices: Record<PurposeName, ConsentNotice> = {
  identity: notice(
    'identity-2026-11-3',
    false,
    [
      '谁在处理：技能培训超市的平台运营方。',
      '为什么：核对报名人的身份和年龄，保证一人一个名额，并判断是否符合报名条件。没有这些信息就不能办理报名，所以这项同意是报名所必需的；浏览课程不需要。',
      '处理哪些信息：姓名、居民身份证号、手机号、所在地区、就业类型；您自愿填写的学历、已有证书和工会会员号；报名特种作业等课程时您签署的健康承诺（有无签署和时间，不含病历）。身份证号和健康承诺一旦泄露可能危害您的人身和财产安全，我们按敏感个人信息保护。',
      '怎样处理：姓名、身份证号、手机号和会员号逐项加密保存，页面上只显示部分字符；培训机构的名单上只有隐去后的姓名。不向其他人提供（您另行同意的，以及危及人身安全等法律允许的紧急情况除外），不出境，不用于自动化的价格决定。',
      '保存多久：账号存续期间保存；注销后删除，法律要求保存的交易记录（至少三年）只存储、不再使用。',
      '撤回之后：不能再报新的名额；已经报上的名额保留，您仍可上课或退出。',
    ].join('\n'),
    [
      'Who: the operator of Skills Supermarket.',
      'Why: to check who claims a seat and how old they are, to keep to one seat per person, and to judge entry conditions. Claiming is impossible without it, so claiming needs this consent; browsing does not.',
      'What: name, resident ID number, mobile number, region and kind of employment; education, certificates held and union membership number if you choose to give them; the health commitment that you sign when a course such as special operations asks for it (that and when you signed, no medical records). A leaked ID number or health commitment can endanger you and your property: we protect them as sensitive personal information.',
      'How: name, ID, mobile and membership numbers are each stored encrypted and shown only in part; rosters of providers show masked names only. Nothing is given to others, except what you agree to separately and in an emergency where the law allows it; nothing leaves the country or decides prices.',
      'How long: while your account exists, then deleted; trade records that the law tells us to keep (three years or more) are then stored and no longer used.',
      'After withdrawal: you cannot claim new seats; seats you have stay yours, to attend or to give back.',
    ].join('\n'),
  ),
  sms: notice(
    'sms-2026-11-2',
    true,
    [
      '谁在处理：技能培训超市的平台运营方；短信由受我们委托的通信服务商发送。',
      '为什么：报名成功、退出、上课时间地点变化、班期取消时用短信告诉您。不同意也能正常报名，站内通知照样会有。',
      '处理哪些信息：您的手机号，以及课程名称、上课时间和地点。短信里没有您的姓名和身份证号，也不发广告。',
      '怎样处理：只在发送的那一刻解密手机号并交给通信服务商，服务商不得另作他用。',
      '保存多久：直到您撤回同意或注销账号；服务商的发送记录按其法定期限保存。',
      '撤回之后：不再给您发短信，其他服务不变。',
    ].join('\n'),
    [
      'Who: the operator of Skills Supermarket; messages are sent by a carrier on our behalf.',
      'Why: to tell you by text message that a seat is yours or was given back, that times or place changed, or that a run was cancelled. Everything works without it, and notices on the site come anyway.',
      'What: your mobile number, with the title, time and place of the course. Messages hold neither your name nor your ID number, and no advertising.',
      'How: your number is decrypted only at the moment of sending and handed to the carrier, who may use it for nothing else.',
      'How long: until you withdraw or close your account; the carrier keeps its records as long as the law tells it to.',
      'After withdrawal: no more text messages; all else stays as it is.',
    ].join('\n'),
  ),
  mail: notice(
    'mail-2026-11',
    true,
    [
      '谁在处理：技能培训超市的平台运营方；邮件由受我们委托的云服务商发送。',
      '为什么：用电子邮件告诉您名额、上课时间地点、候补、授课邀约等与您有关的事。不同意也能正常使用，站内通知照样会有。',
      '处理哪些信息：您的邮箱地址，以及课程名称、上课时间和地点。邮件里没有您的姓名、身份证号和手机号，也不发广告，不用图片追踪您是否打开。',
      '怎样处理：地址加密保存，先发一个验证码确认是您本人的；只在发送的那一刻解密并交给服务商，服务商不得另作他用。',
      '保存多久：直到您删除地址、撤回同意或注销账号；服务商的发送记录按其法定期限保存。',
      '撤回之后：不再给您发邮件，其他服务不变。',
    ].join('\n'),
    [
      'Who: the operator of Skills Supermarket; mail is sent by a cloud service on our behalf.',
      'Why: to tell you by mail what concerns you: seats, times and places, waiting lists, requests to teach. Everything works without it, and notices on the site come anyway.',
      'What: your mail address, with the title, time and place of the course. Mails hold neither your name nor your ID or mobile number, no advertising, and no picture that would tell us whether you opened them.',
      'How: the address is stored encrypted, after a code that is mailed there shows that it is yours. It is decrypted only at the moment of sending and handed to the service, which may use it for nothing else.',
      'How long: until you take the address away, withdraw or close your account; the service keeps its records as long as the law tells it to.',
      'After withdrawal: no more mail; all else stays as it is.',
    ].join('\n'),
  ),
  'provider-contact': notice(
    'provider-contact-2026-11',
    true,
    [
      '谁在处理：技能培训超市的平台运营方，以及您报名的那一期课程的培训机构（接收方，名称见课程页）。',
      '为什么：让培训机构就您报名的这一期与您联系，或为您办理技能评价报名。不同意不影响报名、上课和取证，机构仍可用站内消息联系您。',
      '处理哪些信息：您的姓名和手机号。不包括身份证号。',
      '怎样处理：机构负责人每次只能查看一名学员的一项信息，须写明目的和理由，每人每天有次数上限；只限在读期间和末次课后 30 天内。每次查看您都会收到通知，谁、何时、为什么查看，都列在“个人信息”页。机构不得另作他用。',
      '保存多久：查看记录在账号存续期间保存；机构不得在事情办完后留存。',
      '撤回之后：机构不能再查看，其他服务不变。危及人身安全等紧急情况不需要同意，也同样记录并通知您。',
    ].join('\n'),
    [
      'Who: the operator of Skills Supermarket, and the provider whose run you have a seat in (the recipient; named on the course page).',
      'Why: so that the provider can reach you about that run, or register you for an appraisal. Claiming, attending and certificates do not depend on it; without it the provider can still write to you on the site.',
      'What: your name and your mobile number. Not your ID number.',
      'How: a manager of the provider opens one field of one learner at a time, states a purpose and a reason, and is limited in how often; only while you have the seat and until 30 days after the last meeting. You are told each time, and who looked, when and why stands on your profile page. The provider may use it for nothing else.',
      'How long: the record of looking is kept while your account exists; the provider may not keep what it saw once the matter is done.',
      'After withdrawal: the provider can look no more; all else stays as it is. An emergency that endangers somebody needs no consent, and is recorded and told to you in the same way.',
    ].join('\n'),
  ),
  'talent-pool': notice(
    'talent-pool-2026-11',
    true,
    [
      '谁在处理：技能培训超市的平台运营方。',
      '为什么：建立技能人才储备，让用人单位按工种和等级了解有哪些技能人才。不同意不影响培训、报名和取证。',
      '处理哪些信息：隐去后的姓名、所在地区、就业类型、学历、已有证书，以及在本平台完成的培训。不包括身份证号和手机号。',
      '怎样处理：只用于统计和检索；在把您的联系方式交给任何用人单位之前，会就该单位另行征得您的单独同意。不由机器自动决定是否录用。',
      '保存多久：直到您撤回同意或注销账号，撤回后立即从人才储备中移除。',
      '撤回之后：用人单位不能再检索到您，其他服务不变。',
    ].join('\n'),
    [
      'Who: the operator of Skills Supermarket.',
      'Why: to keep a reserve of skilled people, so that employers learn who is there by trade and level. Training, claiming and certificates do not depend on it.',
      'What: masked name, region, kind of employment, education, certificates held and training completed here. Neither ID nor mobile number.',
      'How: for statistics and search only. Before an employer gets any way to reach you, you are asked separately about that employer. No machine decides on hiring.',
      'How long: until you withdraw or close your account; you then leave the reserve at once.',
      'After withdrawal: employers no longer find you; all else stays as it is.',
    ].join('\n'),
  ),
}

/** The version of the identity notice that claiming and a first profile need. */
export const identityNoticeVersion = consentNotices.identity.version

/** Where a person stands on a purpose, as the table holds it. `version` is the notice that was answered. */
export interface ConsentItem {
  purpose: PurposeName
  given: boolean
  version: string
  at: string
}

/** The name of a consent's audit chain. */
export const consentEntity = (personId: string, purpose: PurposeName) => `${personId}/CONSENT#${purpose}`

/** Whether a consent stands: given, to the current words. */
export function consents(item: object | undefined, purpose: PurposeName): boolean {
  const answer = item as ConsentItem | undefined
  return answer?.given === true && answer.version === consentNotices[purpose].version
}

/** A purpose with its current notice and the person's last answer. */
export function consentView(purpose: PurposeName, item: object | undefined): Consent {
  const { version, optional, text } = consentNotices[purpose]
  const answer = item as ConsentItem | undefined
  return {
    purpose,
    optional,
    noticeVersion: version,
    notice: text,
    given: answer?.given ?? false,
    givenVersion: answer?.version ?? null,
    at: answer?.at ?? null,
  }
}
