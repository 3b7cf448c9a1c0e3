import type { Application } from '@skills/contract/applications.ts'
import { Alert, Button, Tag } from 'antd'
import { moment } from '../dates.ts'
import { callAsMe } from '../identity/my-api.ts'
import { at, pageLanguage } from '../language.ts'
import { Answered } from '../console/answered.tsx'
import { ProblemAlert } from '../console/problem-alert.tsx'
import { useAnswer } from '../console/use-answer.ts'
import { useDoing } from '../console/use-doing.ts'
import { ApplicationForm } from './application-form.tsx'
import { applyText } from './apply.text.ts'

const lang = pageLanguage()
const w = applyText[lang]

/** Applying as a provider: what was begun, where it stands, and the form while it can be changed. */
export function Console() {
  const mine = useAnswer('listMyApplications', {})
  const me = useAnswer('getMe', {})
  const doing = useDoing()
  const begin = async (providerId?: string) => {
    const body = providerId === undefined ? {} : { providerId }
    const done = await doing.run(`apply/${providerId ?? ''}`, (key) => callAsMe('openApplication', { body, key }))
    if (done) mine.again()
  }
  return (
    <Answered asked={mine}>
      {({ applications }) => {
        const open = applications.filter(({ state }) => state !== 'approved' && state !== 'refused')
        const closed = applications.filter(({ state }) => state === 'approved' || state === 'refused').reverse()
        const managed = (me.value?.memberships ?? []).filter(
          ({ organizationId, roles }) =>
            roles.includes('provider:manager') && !open.some(({ providerId }) => providerId === organizationId),
        )
        return (
          <div className="stack">
            <ProblemAlert failed={doing.failed} />
            {open.map((one) => (
              <article key={one.id} className="card stack" data-application={one.id}>
                <Status application={one} />
                {(one.state === 'draft' || one.state === 'more-asked') && <ApplicationForm application={one} changed={mine.again} />}
              </article>
            ))}
            {(open.length === 0 || managed.length > 0) && (
              <section className="card stack">
                <p>{w.need}</p>
                <p className="row apply-begin">
                  {!open.some(({ known }) => !known) && (
                    <Button type="primary" size="large" loading={doing.busy} onClick={() => void begin()}>
                      {closed.some(({ state }) => state === 'refused') ? w.again : w.begin}
                    </Button>
                  )}
                  {managed.map(({ organizationId, organizationName }) => (
                    <Button key={organizationId} size="large" loading={doing.busy} onClick={() => void begin(organizationId)}>
                      {w.beginKnown(organizationName[lang])}
                    </Button>
                  ))}
                </p>
              </section>
            )}
            {closed.map((one) => (
              <article key={one.id} className="card stack" data-application={one.id}>
                <Status application={one} />
              </article>
            ))}
          </div>
        )
      }}
    </Answered>
  )
}

const colours = { draft: 'default', submitted: 'processing', 'more-asked': 'warning', approved: 'success', refused: 'error' } as const

function Status({ application: { state, facts, submittedAt, answers, providerId } }: { application: Application }) {
  const last = answers.at(-1)
  return (
    <header className="stack-s">
      <div className="program-card-head">
        <h2>{facts.name[lang] || facts.name.zh || w.title}</h2>
        <Tag color={colours[state]}>{w.state[state]}</Tag>
      </div>
      <p className="soft">{w.stateHint[state]}</p>
      {submittedAt !== null && <p className="small soft">{`${w.submittedAt} ${moment(submittedAt, lang)}`}</p>}
      {last !== undefined && state !== 'submitted' && (
        <Alert showIcon type={state === 'approved' ? 'success' : 'warning'} title={w.said} description={last.reason} />
      )}
      {state === 'approved' && (
        <p>
          <a href={`${at(lang, '/console/provider/')}?provider=${providerId}`}>{w.toConsole}</a>
        </p>
      )}
    </header>
  )
}
