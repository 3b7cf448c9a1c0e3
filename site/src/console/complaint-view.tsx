import type { ComplaintCase } from '@skills/contract/quality.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { moment } from '../dates.ts'
import { pageLanguage } from '../language.ts'
import { qualityText } from './provider/quality.text.ts'

const lang = pageLanguage()
const w = qualityText[lang]
const colours: Partial<Record<ComplaintCase['state'], string>> = {
  open: 'warning',
  'with-operator': 'processing',
  upheld: 'error',
  settled: 'success',
}
/** A term ends with its first instant that is too late: people are told the last minute. */
const last = (end: string) => moment(plusMinutes(end, -1), lang)

/** A complaint as consoles show it, with what was said in order; `children` are the ways on. */
export function ComplaintView({ complaint, level, children }: { complaint: ComplaintCase; level: 3 | 4; children: ReactNode }) {
  const { id, kind, title, providerName, state, text, raisedAt, answerBy, answer, sayBy, said, decision, maskedName, hasFile } = complaint
  const Title = `h${level}` as const
  const line = (name: string, at: string, words: string | null) => (
    <div className="complaint-part">
      <p>
        <strong>{name}</strong> <span className="small soft">{moment(at, lang)}</span>
      </p>
      {words !== null && <p className="complaint-words">{words}</p>}
    </div>
  )
  return (
    <article className="card stack-s" data-complaint={id} data-state={state}>
      <p className="row">
        <Tag color={colours[state] ?? 'default'}>{w.states[state]}</Tag>
        {kind === 'safety' && <Tag color="error">{w.kinds.safety}</Tag>}
        <span className="small soft">{w.raised(moment(raisedAt, lang))}</span>
      </p>
      <Title>{`${title[lang]} · ${w.kinds[kind]}`}</Title>
      <p className="soft">{`${providerName[lang]} · ${w.who}: ${maskedName}${hasFile ? ` · ${w.hasFile}` : ''}`}</p>
      <p className="complaint-words">{text}</p>
      {state === 'open' && <p className="hint">{w.answerBy(last(answerBy))}</p>}
      {state === 'answered' && sayBy !== null && <p className="hint">{w.sayBy(last(sayBy))}</p>}
      {answer !== null && line(answer.inTime ? w.answered : `${w.answered} · ${w.late}`, answer.at, answer.text)}
      {said !== null && line(w.settled[`${said.settled}`], said.at, said.text)}
      {decision !== null && line(`${w.decision}: ${w.states[decision.upheld ? 'upheld' : 'not-upheld']}`, decision.at, decision.reason)}
      {children}
    </article>
  )
}
