import { yuan } from '@skills/contract/money.ts'
import type { Text } from '@skills/contract/text.ts'
import type { Occasion } from './notice.ts'
import { time, type Said } from './said.ts'

/** What each notice tells, in both languages. No word of it is personal, and none was written by a user. */
export const bodies: Record<Occasion, (course: Text, when: Text, said: Said) => Text> = {
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
  'instructor-unqualified': (course, _, { from }) => ({
    zh: `${course.zh}（${time(from)} 起）的授课师资，平台撤销了她教这门课所需的资格。请在机构工作台另找师资，或调整时间。`,
    en: `The platform revoked the qualification that the instructor of ${course.en} (from ${time(from)}) needs for it. Find somebody else in the provider console, or move the meeting.`,
  }),
  'instructor-missing': (course, _, { from }) => ({
    zh: `${course.zh} ${time(from)} 的课不到 48 小时，还没有师资接受。这一期已停止接受报名，已报名的不受影响，学员已收到通知。请在机构工作台另找师资、改期或取消；有师资接受后，可以重新开放报名。`,
    en: `Nobody who accepted teaches the meeting of ${course.en} on ${time(from)}, less than 48 hours ahead. The run takes no more registrations; who has a seat keeps it and was told. Find an instructor in the provider console, move the meeting or cancel; once somebody accepts, registration can be opened again.`,
  }),
  'assignment-moved': (course, _, { from }) => ({
    zh: `您讲授的${course.zh}改了时间或地点，改动后的首次课：${time(from)}。这段时间已为您留好；不能来时，请在师资工作台告知机构。`,
    en: `Time or place of ${course.en} that you teach has changed; the first of the changed meetings is ${time(from)}. The hours are kept for you; tell the provider in the instructor console if you cannot come.`,
  }),
  'rating-asked': (course) => ({
    zh: `${course.zh}的学时已记入。请用一分钟评价：内容、讲授、组织、场地设备和用处。评价是公开的，可以匿名；不想评价不用做什么。`,
    en: `Your hours of ${course.en} are credited. Take a minute to rate it: content, teaching, organisation, venue and equipment, usefulness. Ratings are public and can be anonymous; if you would rather not, do nothing.`,
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
  'instructor-sought': (course, _, { from }) => ({
    zh: `${course.zh} ${time(from)} 的课还没有确定师资，培训机构正在找。您的名额保留，现在不用做什么；改期或取消会马上通知您，取消时按退款规则退款。有疑问可以在“我的学习”里向机构提问。`,
    en: `The meeting of ${course.en} on ${time(from)} has no instructor yet; its provider is looking for one. You keep your seat and need do nothing now. You are told at once if it is moved or cancelled; a cancelled run pays back by the refund rules. You can ask the provider from My learning.`,
  }),
  'run-announced': (course) => ({
    zh: `${course.zh}的培训机构发布了公告，请打开查看。`,
    en: `The provider of ${course.en} has put up an announcement. Open it to read.`,
  }),
  'question-asked': (course) => ({
    zh: `${course.zh}的一名学员提了问题，请打开回复。`,
    en: `A learner of ${course.en} asks a question. Open it to answer.`,
  }),
  'question-answered': (course) => ({
    zh: `您就${course.zh}提的问题有回复，请打开查看。`,
    en: `Your question about ${course.en} was answered. Open it to read.`,
  }),
  'case-news': () => ({
    zh: '与您有关的投诉、处理或评价有新进展，可能有答复期限，请登录查看。',
    en: 'There is news of a complaint, a sanction or a rating that concerns you. There may be a time limit to answer: sign in to read it.',
  }),
}
