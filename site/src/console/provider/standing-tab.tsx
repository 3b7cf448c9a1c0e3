import type { RuleText } from '@skills/contract/applications.ts'
import { Alert, App, Button, Tag } from 'antd'
import { tradeName } from '../../catalog/words.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { at, pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { useAnswer, type AnswerOf } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { standingText } from './standing.text.ts'
import type { TabProps } from './tabs.ts'

const lang = pageLanguage()
const w = standingText[lang]

/** Where the provider stands: its licence and scope with their ends, rules to accept and rules announced. */
export default function StandingTab({ providerId, manages }: TabProps) {
  const asked = useAnswer('getStanding', { params: { providerId } })
  return (
    <section className="stack">
      <h2>{w.title}</h2>
      <Answered asked={asked}>
        {({ standing }) =>
          standing === null ? (
            <Alert type="warning" showIcon title={w.never} description={<a href={at(lang, '/apply/')}>{w.apply}</a>} />
          ) : (
            <Standing standing={standing} manages={manages} changed={asked.again} />
          )
        }
      </Answered>
    </section>
  )
}

interface Parts {
  standing: NonNullable<AnswerOf<'getStanding'>['standing']>
  manages: boolean
  changed: () => void
}

function Standing({ standing: { providerId, state, reason, licenceUntil, scope, venues, toAccept, announced }, manages, changed }: Parts) {
  const taxonomy = useTaxonomy()
  const doing = useDoing()
  const { message } = App.useApp()
  const accept = async (ruleTextId: string) => {
    const done = await doing.run(`rule/${providerId}/${ruleTextId}`, (key) =>
      callAsMe('acceptRule', { params: { providerId }, body: { ruleTextId }, key }),
    )
    if (!done) return
    message.success(w.accepted)
    changed()
  }
  const rule = ({ id, title, text, from }: RuleText, asks: boolean) => (
    <article key={id} className="card stack-s" data-rule={id}>
      <h3>{title[lang]}</h3>
      <p>{text[lang]}</p>
      <p className="small soft">{w.since(from)}</p>
      {asks && manages && (
        <p>
          <Button type="primary" loading={doing.busy} onClick={() => void accept(id)}>{`${w.accept}: ${title[lang]}`}</Button>
        </p>
      )}
    </article>
  )
  return (
    <>
      <article className="card stack">
        <p>
          <Tag color={state === 'suspended' ? 'error' : 'success'}>{w.state[state]}</Tag> {reason}
        </p>
        <dl className="details case-facts">
          <div>
            <dt>{w.licence}</dt>
            <dd>{w.until(licenceUntil)}</dd>
          </div>
          <div>
            <dt>{w.scope}</dt>
            <dd>
              <ul>
                {scope.map(({ trade, until }) => (
                  <li key={trade}>{`${tradeName(taxonomy, trade, lang)} · ${w.until(until)}`}</li>
                ))}
              </ul>
            </dd>
          </div>
          {venues.length > 0 && (
            <div>
              <dt>{w.fireSafety}</dt>
              <dd>
                <ul>
                  {venues.map(({ venueId, name, until }) => (
                    <li key={venueId}>{`${name[lang]} · ${w.until(until)}`}</li>
                  ))}
                </ul>
              </dd>
            </div>
          )}
        </dl>
        {manages && (
          <p>
            <a href={at(lang, '/apply/')}>{w.renew}</a>
          </p>
        )}
      </article>
      <ProblemAlert failed={doing.failed} />
      {toAccept.length > 0 && <h3>{w.toAccept}</h3>}
      {toAccept.map((one) => rule(one, true))}
      {announced.length > 0 && <h3>{w.announced}</h3>}
      {announced.map((one) => rule(one, false))}
    </>
  )
}
