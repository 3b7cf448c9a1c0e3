import type { RouteName } from './paths.ts'

const everyWay = { sms: true, mail: true }
const groups = {
  seats: everyWay,
  meetings: everyWay,
  waiting: everyWay,
  teaching: everyWay,
  feedback: everyWay,
  announcements: { sms: false, mail: true },
}

/** Bodies that the routes of notices and messages accept. */
export const noticeExamples: Partial<Record<RouteName, unknown>> = {
  readNotices: { noticeIds: ['ntc_01KAJ3V0M0AAAAAAAAAAAAAAAA'] },
  saveNoticeSettings: { version: 0, groups, quiet: { from: '22:00', to: '08:00' } },
  askMail: { address: 'name@example.com' },
  confirmMail: { code: '123456' },
  announce: { title: '第一次课请带绝缘手套', text: '第一次课在 201 教室，请自带绝缘手套；没有的可以向前台借。' },
  askQuestion: { title: '可以晚到十分钟吗', text: '第二次课我要先送孩子，可以晚到十分钟吗？' },
  writeMessage: { text: '可以，请从后门进，签到码会等到开课后十五分钟。' },
  reportMessage: { reason: '与课程无关，在推销别的产品' },
  decideMessage: { hide: true, reason: '推销，与课程无关', waitingSince: null },
}
