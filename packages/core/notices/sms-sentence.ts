import { yuan } from '@skills/contract/money.ts'
import type { Occasion } from './notice.ts'
import { time, type Said } from './said.ts'

/** The sentence of a text message, in Chinese. In: the course in quotes, and when and where. */
export function smsSentence(occasion: Occasion, course: string, when: string, said: Said): string {
  const sentences: Record<Occasion, string> = {
    'seat-claimed': `您已报名${course}，首次上课：${when}。`,
    'seat-given-back': `您已退出${course}，名额已归还。`,
    'hold-lapsed': `${course}的名额保留已到期，名额已放回。`,
    'seat-offered': `您候补的${course}有名额了，保留到 ${time(said.until)}，请尽快确认。`,
    'offer-ended': `为您保留的${course}名额已到期。`,
    'waiting-skipped': `您候补的${course}已跳过，原因请登录查看。`,
    'group-offered': `贵单位候补的${course}有名额了，保留到 ${time(said.until)}，请尽快付款。`,
    'waiting-closed': `您候补的${course}报名已结束，候补随之结束。`,
    'money-returned': `${course}的退款 ${yuan(said.fen ?? 0)} 已按原路退回。`,
    'paid-without-seat': `您为${course}付的 ${yuan(said.fen ?? 0)} 将自动全额退回。`,
    'refund-failed': `${course}的退款 ${yuan(said.fen ?? 0)} 没有退成，仍欠着您，平台正在处理。`,
    'group-refund-failed': `${course}的团购退款 ${yuan(said.fen ?? 0)} 没有退成，平台正在处理。`,
    'force-majeure': `平台核实您因不可抗力不能参加${course}，已为您退出，付的钱全额退回。`,
    'group-force-majeure': `一名员工因不可抗力退出${course}，名额费用全额退给贵单位。`,
    'review-decided': `您就${course}申请的补贴复核已有结果，请登录查看。`,
    'seat-invited': `您的单位为您准备了${course}的名额，请登录接受或谢绝。`,
    'seat-withdrawn': `您的单位收回了${course}的名额，您不用再参加，详情请登录查看。`,
    'assignment-asked': `有机构邀请您讲授${course}，首次授课 ${time(said.from)}，请在 ${time(said.until)} 前答复。`,
    'assignment-answered': `${course}的授课邀约${said.granted === true ? '已被接受' : '被谢绝'}。`,
    'assignment-lapsed': `${course}的授课邀约没有答复，已失效。`,
    'assignment-withdrawn': `${course}（${time(said.from)} 起）的授课安排已撤回，您不用前往。`,
    'instructor-ill': `${course}（${time(said.from)} 起）的师资因病不能授课，请安排代课。`,
    'instructor-unqualified': `${course}（${time(said.from)} 起）的师资资格已被撤销，请另找师资。`,
    'instructor-missing': `${course} ${time(said.from)} 的课还没有师资，已停止报名，请尽快安排。`,
    'assignment-moved': `您讲授的${course}改了时间或地点，改动后的首次课：${time(said.from)}。`,
    'rating-asked': `${course}的学时已记入，欢迎登录评价这期培训。`,
    'run-cancelled': `很抱歉，${course}（原定 ${when}）已取消，请不要前往。`,
    'run-changed': `${course}的上课时间或地点有变化，${said.begun === true ? '接下来的课' : '现在的首次上课'}：${when}。`,
    'run-merged': `${course}（原定 ${when}）并入另一期，已付的全额退回；另一期有名额时会为您保留并通知。`,
    'run-confirmed': `${course}人数已够，确定开班，首次上课：${when}。`,
    'instructor-sought': `${course} ${time(said.from)} 的课还没有确定师资，机构正在找，改期或取消会通知您。`,
    'run-announced': `${course}的培训机构发布了公告，请登录查看。`,
    'question-asked': `${course}的一名学员提了问题，请登录回复。`,
    'question-answered': `您就${course}提的问题有回复，请登录查看。`,
    'case-news': '与您有关的投诉、处理或评价有新进展，可能有答复期限，请登录查看。',
  }
  return sentences[occasion]
}
