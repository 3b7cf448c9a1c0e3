import { App, Alert, Button, Input, Tag } from 'antd'
import { useId, useState } from 'react'
import { termName, tradeName } from '../../catalog/words.ts'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { useAnswer, type AnswerOf } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { FileLink } from './file-link.tsx'
import { operatorText } from './operator.text.ts'

const lang = pageLanguage()
const w = operatorText[lang]

/** One application with all its facts and files, what is like it, what is wrong with it today, and the decision with its reason. */
export function ApplicationReview({ applicationId }: { applicationId: string }) {
  const asked = useAnswer('getApplication', { params: { applicationId } })
  return (
    <section className="stack">
      <p>
        <PlaceLink to={{ tab: 'applications' }}>{`← ${w.back}`}</PlaceLink>
      </p>
      <Answered asked={asked} rows={8}>
        {(found) => (
          <>
            <Case found={found} />
            {found.application.state === 'submitted' && <Decision application={found.application} />}
          </>
        )}
      </Answered>
    </section>
  )
}

function Case({ found: { application, personId, files, likenesses, faults } }: { found: AnswerOf<'getApplication'> }) {
  const taxonomy = useTaxonomy()
  const { facts, answers, known, submittedAt } = application
  const file = (id: string | null | undefined) => files.find((one) => one.id === id)
  const line = (name: string, value: React.ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <article className="card stack" data-application={application.id}>
      <div className="program-card-head">
        <h2>{facts.name.zh}</h2>
        <span className="soft">{submittedAt === null ? '' : moment(submittedAt, lang)}</span>
      </div>
      {known && <Alert type="info" showIcon title={w.known} />}
      {likenesses.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={w.alike}
          description={
            <ul>
              {likenesses.map(({ by, applicationId, name }) => (
                <li key={by + applicationId}>
                  {`${w.alikeBy[by]}: `}
                  <PlaceLink to={{ tab: 'applications', application: applicationId }}>{name}</PlaceLink>
                </li>
              ))}
            </ul>
          }
        />
      )}
      {faults.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={w.faults}
          description={
            <ul>
              {faults.map(({ pointer, code, detail }) => (
                <li key={pointer + code + detail[lang]}>{detail[lang]}</li>
              ))}
            </ul>
          }
        />
      )}
      <dl className="details case-facts">
        {line(w.name, `${facts.name.zh} · ${facts.name.en}`)}
        {line(w.uscc, <span className="figures">{facts.uscc}</span>)}
        {line(w.legalPerson, facts.legalPerson)}
        {line(w.region, termName(taxonomy, 'regions', facts.region, lang))}
        {line(
          w.licence,
          <>
            <FileLink personId={personId} file={file(facts.licence?.fileId)} label={w.licence} /> {w.until(facts.licence?.until ?? null)}
          </>,
        )}
        {line(
          w.scope,
          <ul>
            {facts.scope.map(({ trade, fileId, until }) => (
              <li key={trade}>
                {`${tradeName(taxonomy, trade, lang)} · ${w.until(until)} · `}
                <FileLink personId={personId} file={file(fileId)} label={tradeName(taxonomy, trade, lang)} />
              </li>
            ))}
          </ul>,
        )}
      </dl>
      <p>{facts.about[lang]}</p>
      <h3>{w.venues}</h3>
      {facts.venues.map((venue, at) => (
        <dl key={venue.name.zh + at} className="details case-facts">
          {line(venue.name[lang], venue.address[lang])}
          {line(
            w.rooms,
            <ul>
              {venue.rooms.map(({ name, capacity, equipment }) => (
                <li key={name}>
                  {`${name} · ${w.places(capacity)} `}
                  {equipment.map((one) => (
                    <Tag key={one}>{one}</Tag>
                  ))}
                </li>
              ))}
            </ul>,
          )}
          {line(
            w.photos,
            venue.photos.map((id, place) => <FileLink key={id} personId={personId} file={file(id)} label={`${w.photos} ${place + 1}`} />),
          )}
          {line(
            w.fire,
            <>
              <FileLink personId={personId} file={file(venue.fireSafety?.fileId)} label={w.fire} />{' '}
              {w.until(venue.fireSafety?.until ?? null)}
            </>,
          )}
        </dl>
      ))}
      {answers.length > 0 && (
        <>
          <h3>{w.said}</h3>
          <ul>
            {answers.map(({ at, reason }) => (
              <li key={at}>{`${moment(at, lang)} · ${reason}`}</li>
            ))}
          </ul>
        </>
      )}
    </article>
  )
}

function Decision({ application: { id, version } }: { application: { id: string; version: number } }) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { message } = App.useApp()
  const field = useId()
  const decide = async (to: 'approved' | 'more-asked' | 'refused') => {
    if (reason.trim() === '') return setMissing(true)
    const body = { to, reason: reason.trim(), version }
    const done = await doing.run(`application/${id}/${JSON.stringify(body)}`, (key) =>
      callAsMe('decideApplication', { params: { applicationId: id }, body, key }),
    )
    if (!done) return
    message.success(w.decided[to])
    go({ tab: 'applications' })
  }
  return (
    <div className="card stack">
      <div className="stack-s">
        <label htmlFor={field}>{w.reason}</label>
        <Input.TextArea
          id={field}
          rows={3}
          maxLength={500}
          value={reason}
          status={missing ? 'error' : ''}
          aria-invalid={missing}
          aria-describedby={missing ? `${field}-need` : undefined}
          onChange={(event) => {
            setReason(event.target.value)
            setMissing(false)
          }}
        />
        {missing && (
          <p id={`${field}-need`} role="alert" className="field-error">
            {w.needReason}
          </p>
        )}
      </div>
      <ProblemAlert failed={doing.failed} />
      <div className="row">
        <Button type="primary" loading={doing.busy} onClick={() => void decide('approved')}>
          {w.approve}
        </Button>
        <Button disabled={doing.busy} onClick={() => void decide('more-asked')}>
          {w.more}
        </Button>
        <Button danger disabled={doing.busy} onClick={() => void decide('refused')}>
          {w.refuse}
        </Button>
      </div>
    </div>
  )
}
