import { entry, type Entry } from './refusal-entry.ts'

/** What complaints and sanctions refuse. */
export const qualityRefusals = {
  'complaint-open': entry(
    409,
    'after-change',
    '这一期已有一件投诉在办',
    'A complaint about this run is open',
    '您对这一期的投诉还没有办结，请在“我的投诉”里查看进展，或在那里补充。',
    'Your complaint about this run is not closed yet. See in My complaints where it stands.',
  ),
  'complaints-enough': entry(
    409,
    'never',
    '投诉次数已满',
    'No more complaints about this run',
    '同一期最多投诉 {most} 次。有新的情况请联系平台。',
    'A run can be complained about {most} times by one person. Contact the platform about anything new.',
  ),
  'name-not-shown': entry(
    403,
    'never',
    '投诉人没有同意公开姓名',
    'The name is not shown to you',
    '投诉人选择不让机构看到姓名，请按投诉内容核查和答复。',
    'Who complained chose not to show her name to the provider. Answer what she says.',
  ),
  'another-operator-needed': entry(
    403,
    'after-change',
    '须由另一位运营人员办理',
    'Another operator must do this',
    '提出的人不能确认，提出和确认的人不能决定申诉；与机构有关的人都不能办理。',
    'Who proposed it cannot confirm it, who proposed or confirmed it cannot decide the appeal, and nobody who acts for the provider does any of it.',
  ),
  'still-to-be-heard': entry(
    409,
    'later',
    '机构的陈述期还没有过',
    'The provider can still be heard',
    '机构可以陈述到 {until}，之后才能确认；危及安全的，请在提出时写明立即生效的理由。',
    'The provider can be heard until {until}; confirm it after that. Where people are in danger, propose it with the reason why it takes effect at once.',
  ),
  'appeal-over': entry(
    409,
    'never',
    '申诉期已过',
    'The time to appeal is over',
    '申诉要在 {until} 前提出，现在已过期限。',
    'An appeal was possible until {until}.',
  ),
  'provider-sanctioned': entry(
    409,
    'later',
    '机构受到处理，暂不能发布',
    'The provider is under a sanction',
    '处理期间不能发布期次或重新开放报名（{until}）。已报名的学员照常上课；可在机构工作台“质量”里查看和申诉。',
    'No run can be published and no registration opened meanwhile ({until}). Whoever is enrolled is taught as planned; see Quality in the provider console for the reasons and the appeal.',
  ),
} satisfies Record<string, Entry>
