import type { Sanction, SanctionGrade } from '@skills/contract/quality.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt } from '@skills/contract/time.ts'

/** What happened to a sanction that its provider is told of. */
export type SanctionOccasion = 'proposed' | 'in-force' | 'withdrawn' | 'kept' | 'shortened' | 'lifted' | 'ended'

/** What each grade is called. */
const gradeWords: Record<SanctionGrade, Text> = {
  warning: { zh: '警告', en: 'warning' },
  'no-new-runs': { zh: '停止发布新期次', en: 'no new runs' },
  suspension: { zh: '暂停', en: 'suspension' },
  removal: { zh: '清退', en: 'removal' },
}

const effects: Record<SanctionGrade, Text> = {
  warning: { zh: '警告只记录在案。', en: 'A warning is put on record and changes nothing else.' },
  'no-new-runs': {
    zh: '期间不能发布期次，也不能重新开放报名；正在报名和已报名的不受影响。',
    en: 'Meanwhile no run can be published and no closed registration opened; what is open stays so.',
  },
  suspension: {
    zh: '期间不能发布，正在报名的期次停止报名；已报名的学员照常上课。',
    en: 'Meanwhile nothing is published and open registrations close; whoever is enrolled is taught as planned.',
  },
  removal: {
    zh: '不能再发布，报名全部停止，除申诉成立外不再恢复；已报名的学员照常上课，请把他们教完。',
    en: 'Nothing is published any more and registration stays closed unless an appeal lifts it; whoever is enrolled is taught as planned, to the end.',
  },
}

const when = (instant: string) => `${dateAt(instant)} ${clockAt(instant)}`

/** The notice to a provider: title and body, without anybody's name. */
export function sanctionNotice(occasion: SanctionOccasion, sanction: Omit<Sanction, 'version'>): { title: Text; body: Text; href: string } {
  const { grade, reason, hearUntil, endsAt, appealUntil, appeal, atOnce, withdrawn } = sanction
  const { zh, en } = gradeWords[grade]
  const effect = effects[grade]
  const until = endsAt === null ? { zh: '', en: '' } : { zh: `到 ${when(endsAt)} 为止。`, en: ` It ends on ${when(endsAt)}.` }
  const why = { zh: `理由：${reason}。`, en: `The reason: ${reason}. ` }
  const decided = { zh: `决定理由：${appeal?.reason ?? ''}。`, en: `The reason: ${appeal?.reason ?? ''}. ` }
  const [title, body]: [Text, Text] = {
    proposed: (): [Text, Text] => [
      { zh: `拟对贵机构作出处理：${zh}`, en: `A sanction is proposed: ${en}` },
      {
        zh: `${why.zh}${effect.zh}${atOnce === null ? '' : `因危及人身安全，确认后立即生效：${atOnce}。`}请在 ${when(hearUntil)} 前到工作台“质量”里陈述意见。`,
        en: `${why.en}${effect.en} ${atOnce === null ? '' : `Because people are in danger it takes effect once it is confirmed: ${atOnce}. `}Say what you have to say in Quality in the console before ${when(hearUntil)}.`,
      },
    ],
    'in-force': (): [Text, Text] => [
      { zh: `处理已生效：${zh}`, en: `A sanction is in force: ${en}` },
      {
        zh: `${why.zh}${effect.zh}${until.zh}不服的，可以在 ${when(appealUntil ?? hearUntil)} 前在“质量”里申诉，由没有参与的人员决定。`,
        en: `${why.en}${effect.en}${until.en} You can appeal in Quality before ${when(appealUntil ?? hearUntil)}; somebody who had no part in it decides.`,
      },
    ],
    withdrawn: (): [Text, Text] => [
      { zh: `拟作出的处理已撤回：${zh}`, en: `The proposed sanction was withdrawn: ${en}` },
      { zh: `撤回理由：${withdrawn?.reason ?? ''}。`, en: `The reason: ${withdrawn?.reason ?? ''}.` },
    ],
    kept: (): [Text, Text] => [
      { zh: `申诉未成立：${zh}维持不变`, en: `Your appeal was not granted: ${en} stands` },
      { zh: `${decided.zh}${until.zh}`, en: `${decided.en}${until.en}`.trim() },
    ],
    shortened: (): [Text, Text] => [
      { zh: `申诉部分成立：${zh}缩短`, en: `Your appeal was granted in part: ${en} is shortened` },
      { zh: `${decided.zh}${until.zh}`, en: `${decided.en}${until.en}`.trim() },
    ],
    lifted: (): [Text, Text] => [
      { zh: `申诉成立：${zh}已解除`, en: `Your appeal was granted: ${en} is lifted` },
      { zh: `${decided.zh}停止的报名请在期次里重新开放。`, en: `${decided.en}Open again at each run the registration that was closed.` },
    ],
    ended: (): [Text, Text] => [
      { zh: `处理已到期：${zh}`, en: `A sanction has ended: ${en}` },
      {
        zh: '可以继续发布；停止的报名请在期次里重新开放。',
        en: 'You can publish again; open at each run the registration that was closed.',
      },
    ],
  }[occasion]()
  return { title, body, href: '/console/provider/?tab=quality' }
}
