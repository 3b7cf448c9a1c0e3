import type { Meeting, Run, Venue } from '@skills/contract/catalog.ts'
import type { Notice } from '@skills/contract/people.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'
import type { OutboxEvent } from '../outbox.ts'

export type Occasion = OutboxEvent['type']

/** What a notice tells of a run. No word of it is personal. */
export interface NoticeSubject {
  run: Run
  title: Text
  providerName: Text
  venue: Venue | null
  /** What the event itself says: a sum in fen, an instant, a decision, and when it happened. */
  said?: { fen?: number; until?: string; from?: string; granted?: boolean; at?: string }
}

const titles: Record<Occasion, Text> = {
  'seat-claimed': { zh: '报名成功', en: 'You have a seat' },
  'seat-given-back': { zh: '已退出', en: 'Your seat was given back' },
  'hold-lapsed': { zh: '名额保留已到期', en: 'Your hold has ended' },
  'seat-offered': { zh: '候补有名额了', en: 'A seat for you' },
  'offer-ended': { zh: '候补名额已到期', en: 'Your offer has ended' },
  'waiting-skipped': { zh: '候补已跳过', en: 'You were passed over on the waiting list' },
  'group-offered': { zh: '企业候补有名额了', en: 'Seats for your staff' },
  'waiting-closed': { zh: '候补已结束', en: 'The waiting list has closed' },
  'money-returned': { zh: '退款已发出', en: 'Your refund was sent' },
  'paid-without-seat': { zh: '付款已全额退回', en: 'Your payment is being returned' },
  'refund-failed': { zh: '退款没有退成，我们正在处理', en: 'Your refund did not go through; we are on it' },
  'group-refund-failed': { zh: '团购退款没有退成，我们正在处理', en: 'A refund to your firm did not go through; we are on it' },
  'force-majeure': { zh: '因不可抗力退出', en: 'Left because of force majeure' },
  'group-force-majeure': { zh: '员工因不可抗力退出', en: 'One of your staff left because of force majeure' },
  'review-decided': { zh: '补贴复核有结果', en: 'Your subsidy review is decided' },
  'seat-invited': { zh: '单位为您准备了名额', en: 'Your employer offers you a seat' },
  'seat-withdrawn': { zh: '单位调整了名额', en: 'Your employer gave your seat to somebody else' },
  'assignment-asked': { zh: '授课邀约', en: 'A request to teach' },
  'assignment-answered': { zh: '师资已答复', en: 'An instructor has answered' },
  'assignment-lapsed': { zh: '授课邀约没有答复', en: 'A request was not answered' },
  'assignment-withdrawn': { zh: '授课安排已撤回', en: 'You need not teach' },
  'instructor-ill': { zh: '师资因病不能授课', en: 'An instructor is ill' },
  'assignment-moved': { zh: '授课时间有调整', en: 'A meeting that you teach has moved' },
  'run-cancelled': { zh: '这一期已取消', en: 'This run was cancelled' },
  'run-changed': { zh: '上课时间或地点有变化', en: 'Time or place has changed' },
  'run-merged': { zh: '这一期并入了另一期', en: 'This run was merged into another' },
  'run-confirmed': { zh: '已确定开班', en: 'The run takes place' },
}

/** `begun`: the run had begun when it happened. */
type Said = NonNullable<NoticeSubject['said']> & { begun?: boolean }
const time = (instant?: string) => (instant === undefined ? '' : `${dateAt(instant)} ${clockAt(instant)}`)

const bodies: Record<Occasion, (course: Text, when: Text, said: Said) => Text> = {
  'seat-claimed': (course, when) => ({
    zh: `您已报名${course.zh}，首次上课：${when.zh}。请带好身份证件，提前到场。`,
    en: `You have a seat in ${course.en}. First meeting: ${when.en}. Bring your ID card and come a little early.`,
  }),
  'seat-given-back': (course, when) => ({
    zh: `您已退出${course.zh}（原定 ${when.zh}），名额已归还。改变主意时，还有名额就可以再报名。`,
    en: `You gave back your seat in ${course.en} (it was to begin ${when.en}). While seats are free you can claim one again.`,
  }),
  'hold-lapsed': (course) => ({
    zh: `${course.zh}的名额保留时间已过，没有收到付款，名额已放回。还有名额时可以重新报名。`,
    en: `The time to pay for ${course.en} is over and no payment came, so the seat was given back. While seats are free you can claim one again.`,
  }),
  'seat-offered': (course, when, { until }) => ({
    zh: `您候补的${course.zh}（${when.zh}）有名额了，为您保留到 ${time(until)}。请在此之前确认报名，否则名额会给下一位。`,
    en: `A seat in ${course.en} (${when.en}) is held for you until ${time(until)}. Claim it before then, or it goes to the next in the queue.`,
  }),
  'offer-ended': (course) => ({
    zh: `为您保留的${course.zh}名额已到期，给了下一位。您可以再次加入候补。`,
    en: `The seat held for you in ${course.en} was not taken in time and went to the next in the queue. You can join the waiting list again.`,
  }),
  'waiting-skipped': (course) => ({
    zh: `轮到您时，您暂不符合${course.zh}的报名条件（例如时间冲突或资料不全），候补已跳过。请在课程页查看原因，之后可以再次加入。`,
    en: `When your turn came you could not take a seat in ${course.en} (for example because of another run at that time). See the course page for the reason; you can join again.`,
  }),
  'group-offered': (course, when, { until }) => ({
    zh: `贵单位候补的${course.zh}（${when.zh}）有名额了，已生成团购订单，名额保留到 ${time(until)}。请在此之前付款，否则名额会给下一位。`,
    en: `Seats your employer waits for in ${course.en} (${when.en}) came free. They are a group order now, held until ${time(until)}: pay before then, or they go to the next in the queue.`,
  }),
  'waiting-closed': (course) => ({
    zh: `${course.zh}的报名已截止或取消，候补已结束，没有为您留下名额。可以看看这门课的其他期。`,
    en: `Registration for ${course.en} has ended or the run was cancelled, so the waiting list is closed and no seat is kept for you. Look at other runs of the course.`,
  }),
  'money-returned': (course, _, { fen = 0 }) => ({
    zh: `${course.zh}的退款 ${yuan(fen)} 已按原路退回，到账时间以付款渠道为准。`,
    en: `${yuan(fen)} for ${course.en} was sent back the way it was paid. Your bank or wallet decides when it arrives.`,
  }),
  'paid-without-seat': (course, _, { fen = 0 }) => ({
    zh: `您为${course.zh}付的 ${yuan(fen)} 到账时名额已经放回，我们会自动全额退款，您不需要做什么。`,
    en: `Your payment of ${yuan(fen)} for ${course.en} arrived after the seat was given back. It is returned in full by itself; you need not do anything.`,
  }),
  'refund-failed': (course, _, { fen = 0 }) => ({
    zh: `${course.zh}的退款 ${yuan(fen)} 付款渠道没有退成，这笔钱仍欠着您。平台会与您核对收款方式后再退，进展请看“我的订单”。`,
    en: `The payment service could not return ${yuan(fen)} for ${course.en}. We still owe it to you, will settle with you how it can reach you and send it again. My orders shows how it stands.`,
  }),
  'group-refund-failed': (course, _, { fen = 0 }) => ({
    zh: `${course.zh}的团购退款 ${yuan(fen)} 付款渠道没有退成，这笔钱仍欠着贵单位。平台会与您核对收款方式后再退，进展请看企业后台的订单。`,
    en: `The payment service could not return ${yuan(fen)} of your group order for ${course.en}. We still owe it to your firm, will settle with you how it can be paid and send it again. The employer console shows how it stands.`,
  }),
  'force-majeure': (course, when, { fen = 0 }) => ({
    zh:
      fen > 0
        ? `平台核实您因不可抗力不能参加${course.zh}（原定 ${when.zh}），已为您退出，您付的 ${yuan(fen)} 全额按原路退回，补贴不算您用过。`
        : `平台核实您因不可抗力不能参加${course.zh}（原定 ${when.zh}），已为您退出。您没有付钱，补贴不算您用过。`,
    en:
      fen > 0
        ? `We found that force majeure keeps you from ${course.en} (it was to begin ${when.en}) and gave your seat back. All you paid, ${yuan(fen)}, returns the way it was paid; a subsidy does not count as used.`
        : `We found that force majeure keeps you from ${course.en} (it was to begin ${when.en}) and gave your seat back. You had paid nothing; a subsidy does not count as used.`,
  }),
  'group-force-majeure': (course, when, { fen = 0 }) => ({
    zh: `贵单位的一名员工因不可抗力不能参加${course.zh}（原定 ${when.zh}），已退出，这个名额的 ${yuan(fen)} 全额退给贵单位。`,
    en: `Force majeure keeps one of your staff from ${course.en} (it was to begin ${when.en}). The seat was given back and all that was paid for it, ${yuan(fen)}, returns to your firm.`,
  }),
  'review-decided': (course, _, { granted }) => ({
    zh:
      granted === true
        ? `您就${course.zh}申请的补贴复核已通过，资格条件不再是障碍。请重新查看价格：那里写明您现在付多少，是否还差别的。`
        : `您就${course.zh}申请的补贴复核未通过，原因见课程的价格说明。`,
    en:
      granted === true
        ? `Your review for ${course.en} was granted: its rules stand in your way no more. Look at the price again: it says what you pay now, and whether anything else is missing.`
        : `Your review for ${course.en} was not granted. The price panel of the run says why.`,
  }),
  'seat-invited': (course, when) => ({
    zh: `您的单位为您准备了${course.zh}（${when.zh}）的名额，费用由单位承担。请在“我的学习”里接受或谢绝。`,
    en: `Your employer offers you a paid seat in ${course.en} (${when.en}). Accept or decline it in My learning.`,
  }),
  'seat-withdrawn': (course, when) => ({
    zh: `您的单位收回了为您购买的${course.zh}（${when.zh}）名额，您不用再参加。如有疑问请联系单位；还有名额时也可以自己报名。`,
    en: `Your employer took back the seat it bought for you in ${course.en} (${when.en}); you need not come. Ask your employer about the reason. While seats are free you can claim one yourself.`,
  }),
  'assignment-asked': (course, _, { from, until }) => ({
    zh: `邀请您讲授${course.zh}，首次授课 ${time(from)}。请在 ${time(until)} 前在师资工作台接受或谢绝，过时自动失效。`,
    en: `You are asked to teach ${course.en}, first on ${time(from)}. Accept or decline in the instructor console before ${time(until)}; after that the request ends by itself.`,
  }),
  'assignment-answered': (course, _, { from, granted }) => ({
    zh: `${course.zh}（${time(from)} 起）的授课邀约，对方${granted === true ? '已接受' : '谢绝了，请另找师资'}。`,
    en: `Your request for ${course.en} (from ${time(from)}) was ${granted === true ? 'accepted' : 'declined; please find another instructor'}.`,
  }),
  'assignment-lapsed': (course, _, { from }) => ({
    zh: `${course.zh}（${time(from)} 起）的授课邀约没有在期限内答复，已失效，请另找师资。`,
    en: `Your request for ${course.en} (from ${time(from)}) was not answered in time and has ended; please find another instructor.`,
  }),
  'assignment-withdrawn': (course, _, { from }) => ({
    zh: `培训机构撤回了${course.zh}（${time(from)} 起）的授课安排，您不用前往，这段时间已归还给您。`,
    en: `The provider withdrew your meetings of ${course.en} (from ${time(from)}). You need not come; the hours are yours again.`,
  }),
  'instructor-ill': (course, _, { from }) => ({
    zh: `${course.zh}（${time(from)} 起）的授课师资因病不能上课。请在机构工作台查看可以代课的师资，或调整时间。`,
    en: `The instructor of ${course.en} (from ${time(from)}) is ill. See in the provider console who could stand in, or move the meeting.`,
  }),
  'assignment-moved': (course, _, { from }) => ({
    zh: `您讲授的${course.zh}改了时间或地点，改动后的首次课：${time(from)}。这段时间已为您留好；不能来时，请在师资工作台告知机构。`,
    en: `Time or place of ${course.en} that you teach has changed; the first of the changed meetings is ${time(from)}. The hours are kept for you; tell the provider in the instructor console if you cannot come.`,
  }),
  'run-cancelled': (course, when) => ({
    zh: `很抱歉，培训机构取消了${course.zh}（原定 ${when.zh}）。请不要前往，可以看看这门课的其他期。`,
    en: `We are sorry: the provider cancelled ${course.en} (it was to begin ${when.en}). Please do not go there; look at other runs of the course.`,
  }),
  'run-changed': (course, when, { begun }) =>
    begun === true
      ? {
          zh: `${course.zh}开课后，机构调整了后面的上课时间或地点。接下来的课：${when.zh}。全部安排请看“我的学习”；改到的时间您不能来的，可以在改动的课开始之前退出，没有上的部分至少按比例退回。`,
          en: `The provider of ${course.en}, which has begun, changed times or place of what is still to come. The next meeting: ${when.en}. All meetings stand in My learning; if you cannot come then, you can leave while changed meetings are still to come, and at least the part that was not taught comes back.`,
        }
      : {
          zh: `您报名的${course.zh}调整了上课时间或地点。现在的首次上课：${when.zh}。全部安排请看“我的学习”；不能参加时，可以在截止时间前退出。`,
          en: `Times or place of ${course.en} have changed. The first meeting is now: ${when.en}. All meetings stand in My learning; if you cannot come, you can give your seat back until the time limit.`,
        },
  'run-merged': (course, when) => ({
    zh: `${course.zh}（原定 ${when.zh}）并入同一课程的另一期，原来的名额取消，您付的钱全额退回，补贴不算用过。另一期已为您排进候补，有名额时会保留给您并通知您；愿意去就确认报名，不愿意不用做什么。`,
    en: `${course.en} (it was to begin ${when.en}) is merged into another run of the course. Your seat here ends, all you paid comes back and a subsidy does not count as used. You stand in the queue of the other run, and a seat is kept for you as soon as there is one: claim it if you like, or do nothing.`,
  }),
  'run-confirmed': (course, when) => ({
    zh: `您报名的${course.zh}人数已够，确定开班。首次上课：${when.zh}。`,
    en: `Enough people have a seat in ${course.en}: it takes place. First meeting: ${when.en}.`,
  }),
}

/** Where to read on, where that is not My learning. */
const hrefs: Partial<Record<Occasion, (run: Run) => string>> = {
  'run-cancelled': (run) => `/courses/${run.courseId}/`,
  'run-merged': (run) => `/courses/${run.courseId}/`,
  'hold-lapsed': (run) => `/courses/${run.courseId}/`,
  'offer-ended': (run) => `/courses/${run.courseId}/`,
  'waiting-skipped': (run) => `/courses/${run.courseId}/`,
  'group-offered': () => '/console/',
  'waiting-closed': (run) => `/courses/${run.courseId}/`,
  'seat-offered': (run) => `/claim/?run=${run.id}`,
  'review-decided': (run) => `/claim/?run=${run.id}`,
  'assignment-asked': () => '/console/instructor/',
  'assignment-withdrawn': () => '/console/instructor/',
  'assignment-moved': () => '/console/instructor/',
  'assignment-answered': () => '/console/provider/',
  'assignment-lapsed': () => '/console/provider/',
  'instructor-ill': () => '/console/provider/',
  'money-returned': () => '/orders/',
  'paid-without-seat': () => '/orders/',
  'refund-failed': () => '/orders/',
  'force-majeure': () => '/orders/',
  'group-refund-failed': () => '/console/employer/',
  'group-force-majeure': () => '/console/employer/',
}

/** The notice for an occasion: title, body and where to read on, in both languages, without personal data. */
export function noticeOf(occasion: Occasion, subject: NoticeSubject): Omit<Notice, 'id' | 'at'> {
  const course = { zh: `“${subject.title.zh}”（${subject.providerName.zh}）`, en: `"${subject.title.en}" (${subject.providerName.en})` }
  const { at } = subject.said ?? {}
  const begun = at !== undefined && subject.run.meetings.some(({ startsAt }) => startsAt <= at)
  const next = begun && occasion === 'run-changed' ? { ...subject, run: ahead(subject.run, at) } : subject
  const body = bodies[occasion](course, whenAndWhere(next), { ...subject.said, begun })
  return { title: titles[occasion], body, href: hrefs[occasion]?.(subject.run) ?? '/learning/' }
}

/** The same as a text message, in Chinese, with the sender's name as carriers want it. */
export function smsOf(occasion: Occasion, subject: NoticeSubject): string {
  const when = whenAndWhere(subject).zh
  const course = `“${subject.title.zh}”`
  const sentence: Record<Occasion, string> = {
    'seat-claimed': `您已报名${course}，首次上课：${when}。`,
    'seat-given-back': `您已退出${course}，名额已归还。`,
    'hold-lapsed': `${course}的名额保留已到期，名额已放回。`,
    'seat-offered': `您候补的${course}有名额了，保留到 ${time(subject.said?.until)}，请尽快确认。`,
    'offer-ended': `为您保留的${course}名额已到期。`,
    'waiting-skipped': `您候补的${course}已跳过，原因请登录查看。`,
    'group-offered': `贵单位候补的${course}有名额了，保留到 ${time(subject.said?.until)}，请尽快付款。`,
    'waiting-closed': `您候补的${course}报名已结束，候补随之结束。`,
    'money-returned': `${course}的退款 ${yuan(subject.said?.fen ?? 0)} 已按原路退回。`,
    'paid-without-seat': `您为${course}付的 ${yuan(subject.said?.fen ?? 0)} 将自动全额退回。`,
    'refund-failed': `${course}的退款 ${yuan(subject.said?.fen ?? 0)} 没有退成，仍欠着您，平台正在处理。`,
    'group-refund-failed': `${course}的团购退款 ${yuan(subject.said?.fen ?? 0)} 没有退成，平台正在处理。`,
    'force-majeure': `平台核实您因不可抗力不能参加${course}，已为您退出，付的钱全额退回。`,
    'group-force-majeure': `一名员工因不可抗力退出${course}，名额费用全额退给贵单位。`,
    'review-decided': `您就${course}申请的补贴复核已有结果，请登录查看。`,
    'seat-invited': `您的单位为您准备了${course}的名额，请登录接受或谢绝。`,
    'seat-withdrawn': `您的单位收回了${course}的名额，您不用再参加，详情请登录查看。`,
    'assignment-asked': `有机构邀请您讲授${course}，首次授课 ${time(subject.said?.from)}，请在 ${time(subject.said?.until)} 前答复。`,
    'assignment-answered': `${course}的授课邀约${subject.said?.granted === true ? '已被接受' : '被谢绝'}。`,
    'assignment-lapsed': `${course}的授课邀约没有答复，已失效。`,
    'assignment-withdrawn': `${course}（${time(subject.said?.from)} 起）的授课安排已撤回，您不用前往。`,
    'instructor-ill': `${course}（${time(subject.said?.from)} 起）的师资因病不能授课，请安排代课。`,
    'assignment-moved': `您讲授的${course}改了时间或地点，改动后的首次课：${time(subject.said?.from)}。`,
    'run-cancelled': `很抱歉，${course}（原定 ${when}）已取消，请不要前往。`,
    'run-changed': `${course}的上课时间或地点有变化，现在的首次上课：${when}。`,
    'run-merged': `${course}（原定 ${when}）并入另一期，已付的全额退回；另一期有名额时会为您保留并通知。`,
    'run-confirmed': `${course}人数已够，确定开班，首次上课：${when}。`,
  }
  return `【技能培训超市】${sentence[occasion]}`
}

/** A run with the meetings that had not begun at an instant. */
const ahead = (run: Run, at: string): Run => ({ ...run, meetings: run.meetings.filter(({ startsAt }) => startsAt > at) })

function whenAndWhere({ run, venue }: NoticeSubject): Text {
  const first = run.meetings.reduce((a: Meeting | undefined, b) => (a === undefined || b.startsAt < a.startsAt ? b : a), undefined)
  if (first === undefined) return { zh: '时间另行通知', en: 'at a time still to be told' }
  const time = `${dateAt(first.startsAt)} ${clockAt(first.startsAt)}`
  if (venue === null) return { zh: `${time}，线上`, en: `${time}, online` }
  const room = first.room === null ? '' : ` ${first.room}`
  return { zh: `${time}，${venue.name.zh}${room}（${venue.address.zh}）`, en: `${time}, ${venue.name.en}${room} (${venue.address.en})` }
}
