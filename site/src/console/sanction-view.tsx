import type { Sanction } from '@skills/contract/quality.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { moment } from '../dates.ts'
import { pageLanguage } from '../language.ts'
import { qualityText } from './provider/quality.text.ts'

const lang = pageLanguage()
const w = qualityText[lang]
const colours: Partial<Record<Sanction['state'], string>> = { proposed: 'warning', 'in-force': 'error' }

/** A sanction as consoles show it, with hearing and appeal; `children` are the ways on. Operators see whose it is. */
export function SanctionView({ sanction, named = false, children }: { sanction: Sanction; named?: boolean; children?: ReactNode }) {
  const { id, grade, state, reason, clause, complaintIds, days, atOnce, hearUntil, hearing, from, endsAt, appealUntil, appeal, withdrawn } =
    sanction
  const Title = named ? 'h3' : 'h4'
  const line = (name: string, value: ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd className="complaint-words">{value}</dd>
    </div>
  )
  const last = (end: string) => moment(plusMinutes(end, -1), lang)
  return (
    <article className="card stack-s" data-sanction={id} data-state={state}>
      <p className="row">
        <Tag color={colours[state] ?? 'default'}>{w.sanctionStates[state]}</Tag>
        {from !== null && <span className="small soft">{w.from(moment(from, lang), endsAt === null ? null : moment(endsAt, lang))}</span>}
      </p>
      <Title>{`${w.grades[grade]}${days === null ? '' : ` · ${w.days(days)}`}${named ? ` · ${sanction.providerName[lang]}` : ''}`}</Title>
      <dl className="details case-facts">
        {line(w.reason, reason)}
        {line(w.clause, clause)}
        {atOnce !== null && line(w.atOnce, atOnce)}
        {hearing !== null && line(w.hearing, hearing.text)}
        {withdrawn !== null && line(w.withdrawn, withdrawn.reason)}
        {appeal !== null && line(w.appeal, appeal.text)}
        {appeal !== null && line(appeal.outcome === null ? w.pending : w.outcome[appeal.outcome], appeal.reason ?? '—')}
      </dl>
      {complaintIds.length > 0 && <p className="small soft">{w.onComplaints(complaintIds.length)}</p>}
      {state === 'proposed' && <p className="hint">{w.hearUntil(last(hearUntil))}</p>}
      {state === 'in-force' && appeal === null && appealUntil !== null && <p className="hint">{w.appealUntil(last(appealUntil))}</p>}
      {children}
    </article>
  )
}
