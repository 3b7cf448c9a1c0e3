import { entry, type Entry } from './refusal-entry.ts'

/** What stands between a provider and a learner's name or number. */
export const rosterRefusals = {
  'contact-not-allowed': entry(
    409,
    'never',
    '学员没有同意提供联系方式',
    'The learner has not agreed',
    '这位学员没有同意把姓名和手机号提供给培训机构。请用站内消息联系；只有危及人身安全等紧急情况才可以不经同意查看。',
    'This learner has not agreed that her name and number may be given to a provider. Write a message on the site; only an emergency that endangers somebody needs no consent.',
  ),
  'reveal-closed': entry(
    409,
    'never',
    '不能再查看这位学员',
    'This learner can no longer be looked up',
    '只能查看在读学员，并且最晚到末次课后 {days} 天。',
    'Only learners who have a seat can be looked up, and only until {days} days after the last meeting.',
  ),
  'reveal-over': entry(
    409,
    'after-change',
    '这次查看已经结束',
    'This look-up is over',
    '同一次查看只显示几分钟。还需要时，请重新填写目的再查看。',
    'A look-up is shown for some minutes only. If you still need it, state the purpose again.',
  ),
  'too-many-reveals': entry(
    429,
    'later',
    '今天查看得太多',
    'Too many look-ups today',
    '每人每天最多查看 {most} 次，请明天再试；通知全班请用站内消息。',
    'At most {most} look-ups a day and person. Try again tomorrow; to tell the whole run something, send a message on the site.',
  ),
} satisfies Record<string, Entry>
