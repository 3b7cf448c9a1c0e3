import { entry, type Entry } from './refusal-entry.ts'

/** What rating, answering and folding refuse. */
export const ratingRefusals = {
  'rating-not-yet': entry(
    409,
    'later',
    '还不能评价',
    'It is too early to rate',
    '课程全部结束、学时记入之后才能评价：{from} 起。',
    'A run can be rated once it is over and its hours are credited: from {from} on.',
  ),
  'rating-not-attended': entry(
    409,
    'never',
    '没有记入的学时，不能评价',
    'No credited hours, no rating',
    '只有记入了学时的学员可以评价。如果您到过课，请让培训机构更正考勤，之后再来评价。',
    'Only who has credited hours of a run rates it. If you were there, ask the provider to correct your attendance, then come back.',
  ),
  'rating-over': entry(
    409,
    'never',
    '评价时间已过',
    'The time to rate is over',
    '这一期的评价截止于 {until}。',
    'This run could be rated until {until}.',
  ),
  'already-rated': entry(
    409,
    'never',
    '您已经评价过',
    'You have rated this already',
    '每次报名评价一次。七天之内可以修改：请刷新后再改。',
    'Each enrollment is rated once. Within seven days it can be changed: load the page again and change it.',
  ),
  'rating-closed': entry(
    409,
    'never',
    '不能再修改',
    'It can no longer be changed',
    '提交后七天内可以修改，{until} 已过。',
    'It could be changed for seven days, until {until}.',
  ),
  'already-answered': entry(
    409,
    'never',
    '已经回复过',
    'It was answered already',
    '每条评价回复一次，七天内可以更正：请刷新后再改。',
    'A rating is answered once; within seven days the answer can be corrected. Load the page again.',
  ),
  'instructor-not-of-run': entry(
    422,
    'after-change',
    '有的老师不是这一期的',
    'Somebody did not teach this run',
    '只能评价讲授过这一期的老师，每人一次。请刷新后再评。',
    'Only instructors who taught the run are rated, each once. Load the page again.',
  ),
  'did-attend': entry(
    409,
    'after-change',
    '这位学员有记入的学时',
    'This person has credited hours',
    '学时仍记着，不能以“没有参加”折叠。请先更正考勤，或选别的原因。',
    'Hours are credited, so “did not attend” is no reason. Have the attendance corrected first, or choose another reason.',
  ),
} satisfies Record<string, Entry>
