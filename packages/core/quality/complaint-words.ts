import type { ComplaintKind } from '@skills/contract/quality.ts'
import type { Text } from '@skills/contract/text.ts'
import { clockAt, dateAt, plusMinutes } from '@skills/contract/time.ts'
import type { Said } from './complaint.ts'

/** What a complaint of each kind is about, as notices say it. */
const kindWords: Record<ComplaintKind, Text> = {
  teaching: { zh: '教学', en: 'teaching' },
  safety: { zh: '安全', en: 'safety' },
  fees: { zh: '收费', en: 'fees' },
  treatment: { zh: '歧视或不当对待', en: 'discrimination or treatment' },
  'false-description': { zh: '宣传与实际不符', en: 'a false description' },
  'attendance-record': { zh: '考勤记录', en: 'the attendance record' },
  other: { zh: '其他', en: 'another matter' },
}

interface Told {
  title: Text
  body: Text
  href: string
}

/** The last minute of a term, which ends with its first instant that is too late. */
const lastMinute = (end: string) => {
  const at = plusMinutes(end, -1)
  return `${dateAt(at)} ${clockAt(at)}`
}

/** What the provider is told of a complaint: without who complained and without her words. */
export function toldToProvider(occasion: 'raised' | 'with-operator' | 'decided', complaint: Said): Told {
  const { kind, title, answerBy, decision } = complaint
  const about = {
    zh: `“${title.zh}”有一件关于${kindWords[kind].zh}的投诉`,
    en: `There is a complaint about ${kindWords[kind].en} in “${title.en}”`,
  }
  const upheld = decision?.upheld === true
  const [head, body]: [Text, Text] = {
    raised: (): [Text, Text] => [
      { zh: '有新的投诉等您答复', en: 'A complaint waits for your answer' },
      {
        zh: `${about.zh}，请在 ${lastMinute(answerBy)} 前在工作台“质量”里答复；逾期由平台处理并计入质量数据。`,
        en: `${about.en}. Answer it in Quality in the console by ${lastMinute(answerBy)}; after that the platform decides and it counts in your figures.`,
      },
    ],
    'with-operator': (): [Text, Text] => [
      { zh: '一件投诉已转平台处理', en: 'A complaint is with the platform now' },
      { zh: `${about.zh}，平台将核实并作出裁定。`, en: `${about.en}; the platform looks into it and decides.` },
    ],
    decided: (): [Text, Text] => [
      { zh: `投诉裁定：${upheld ? '成立' : '不成立'}`, en: `A complaint was ${upheld ? 'upheld' : 'not upheld'}` },
      { zh: `${about.zh}。裁定理由：${decision?.reason ?? ''}。`, en: `${about.en}. The reason: ${decision?.reason ?? ''}.` },
    ],
  }[occasion]()
  return { title: head, body, href: '/console/provider/?tab=quality' }
}

/** What the person who complained is told. */
export function toldToComplainant(occasion: 'answered' | 'with-operator' | 'lapsed' | 'decided', complaint: Said): Told {
  const { title, sayBy, decideBy, decision } = complaint
  const course = { zh: `您对“${title.zh}”的投诉`, en: `Your complaint about “${title.en}”` }
  const upheld = decision?.upheld === true
  const [head, body]: [Text, Text] = {
    answered: (): [Text, Text] => [
      { zh: '机构答复了您的投诉', en: 'Your complaint was answered' },
      {
        zh: `${course.zh}有了答复。${sayBy === null ? '' : `请在 ${lastMinute(sayBy)} 前说是否解决；没有解决的由平台裁定，逾期不说视为办结。`}`,
        en: `${course.en} has an answer. ${sayBy === null ? '' : `Say by ${lastMinute(sayBy)} whether that settles it; if not, the platform decides. Unless you say anything it is closed then.`}`,
      },
    ],
    'with-operator': (): [Text, Text] => [
      { zh: '您的投诉已转平台处理', en: 'Your complaint is with the platform now' },
      {
        zh: `${course.zh}由平台核实裁定${decideBy === null ? '' : `，最晚 ${lastMinute(decideBy)} 前`}。`,
        en: `The platform looks into your complaint about “${title.en}” and decides${decideBy === null ? '' : ` by ${lastMinute(decideBy)}`}.`,
      },
    ],
    lapsed: (): [Text, Text] => [
      { zh: '您的投诉已办结', en: 'Your complaint was closed' },
      {
        zh: `${course.zh}在答复后没有再说是否解决，已按期办结。有新的情况可以再投诉。`,
        en: `${course.en} was closed, as nobody said after the answer whether it is settled. You can complain again about anything new.`,
      },
    ],
    decided: (): [Text, Text] => [
      { zh: `投诉裁定：${upheld ? '成立' : '不成立'}`, en: `Your complaint was ${upheld ? 'upheld' : 'not upheld'}` },
      { zh: `${course.zh}，裁定理由：${decision?.reason ?? ''}。`, en: `${course.en}: the reason is ${decision?.reason ?? ''}.` },
    ],
  }[occasion]()
  return { title: head, body, href: '/complaints/' }
}
