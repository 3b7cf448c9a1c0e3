import { entry, type Entry } from './refusal-entry.ts'

/** What notices, mail addresses and messages refuse. */
export const messageRefusals = {
  'mail-not-offered': entry(
    409,
    'never',
    '这里不发邮件',
    'No mail is sent here',
    '本平台目前没有开通邮件，请用短信和站内通知。',
    'This deployment sends no mail. Use text messages and the notices on the site.',
  ),
  'mail-not-agreed': entry(
    409,
    'after-change',
    '还没有同意用邮件通知',
    'You have not agreed to mail',
    '登记邮箱前，请先阅读并同意邮件通知的告知书（{notice}）。',
    'Before you give an address, read the notice about mail and agree to it ({notice}).',
  ),
  'mail-code-wrong': entry(
    409,
    'after-change',
    '验证码不对',
    'The code is not right',
    '验证码不对，还可以试 {left} 次。请核对最近一封邮件里的六位数字。',
    'The code is not right; {left} tries are left. Look at the six digits in the latest mail.',
  ),
  'mail-code-over': entry(
    409,
    'after-change',
    '验证码已失效',
    'The code is over',
    '验证码已过期、已用过或试错次数太多，请重新发送一个。',
    'The code has expired, was used, or was tried too often. Have a new one sent.',
  ),
  'said-enough': entry(
    429,
    'later',
    '今天在这一期发得够多了',
    'Enough for today in this run',
    '同一期每天最多 {most} 条，请在 {until} 之后再发；也可以把几件事写在一条里。',
    'At most {most} a day in one run. Write again after {until}, or put several things into one message.',
  ),
  'thread-full': entry(
    409,
    'after-change',
    '这条提问已经很长了',
    'This question has grown long',
    '一条提问最多 {most} 条消息，请另提一个新问题。',
    'A question holds {most} messages at most. Please ask a new one.',
  ),
  'thread-over': entry(
    409,
    'never',
    '这一期的留言已关闭',
    'Messages of this run are closed',
    '最后一次课结束 {days} 天后不能再留言，已有的内容仍可查看。有纠纷请走投诉。',
    'Nothing can be written once {days} days have passed since the last meeting; what is there can be read. For a dispute, file a complaint.',
  ),
} satisfies Record<string, Entry>
