import type { ClaimedQualification } from '@skills/contract/instructors.routes.ts'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { names, tradeName, type Taxonomy } from '../../catalog/words.ts'
import { moment } from '../../dates.ts'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { ProblemAlert } from '../problem-alert.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useTaxonomy } from '../union/rules-view.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { instructorText } from './instructor.text.ts'
import { RevokeQualification } from './revoke-qualification.tsx'

const lang = pageLanguage()
const w = instructorText[lang].review

/** Qualifications that wait for an operator, the longest waiting first: what is claimed, its proof, and the decision with its reason. */
export default function ReviewQueue() {
  const asked = useAnswer('listQualifications', { query: { limit: '50' } })
  const taxonomy = useTaxonomy()
  return (
    <section aria-labelledby="review-title" className="stack">
      <h2 id="review-title">{w.title}</h2>
      <Answered asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingYet title={w.none} hint={w.noneHint} />
          ) : (
            items.map((one) => <ReviewCard key={one.qualification.id} claimed={one} taxonomy={taxonomy} decided={asked.again} />)
          )
        }
      </Answered>
      <RevokeQualification taxonomy={taxonomy} />
    </section>
  )
}

interface Parts {
  claimed: ClaimedQualification
  taxonomy: Taxonomy
  decided: () => void
}

function ReviewCard({ claimed: { personId, instructor, qualification }, taxonomy, decided }: Parts) {
  const { id, trade, level, proof, fileId, until, claimedAt } = qualification
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const doing = useDoing()
  const { message } = App.useApp()
  const decide = async (to: 'verified' | 'refused') => {
    if (reason.trim() === '') return setMissing(true)
    const params = { instructorId: instructor.id, qualificationId: id }
    const done = await doing.run(`qualification/${id}/${to}/${reason}`, (key) =>
      callAsMe('decideQualification', { params, body: { to, reason: reason.trim() }, key }),
    )
    if (!done) return
    message.success(w.done[to])
    decided()
  }
  const open = async () => {
    const shown = await doing.run(`scan/${fileId}`, (key) =>
      callAsMe('showFile', { params: { personId, fileId: fileId ?? '' }, body: { purpose: 'qualification-review' }, key }),
    )
    if (shown) window.open(shown.value.url, '_blank', 'noopener')
  }
  return (
    <article className="card" data-claimed={id} data-qualification={id}>
      <div className="program-card-head">
        <h3>
          {instructor.name[lang]} · {tradeName(taxonomy, trade, lang)} {level === null ? '' : names.level[level][lang]}
        </h3>
        <span>
          {instructor.kinds.map((kind) => (
            <Tag key={kind}>{instructorText[lang].profile.kind[kind]}</Tag>
          ))}
        </span>
      </div>
      <p>{proof}</p>
      <p className="small soft">
        {until === null ? instructorText[lang].qualifications.forever : `${instructorText[lang].qualifications.until} ${until}`} ·{' '}
        {w.claimed} {moment(claimedAt, lang)}
      </p>
      {fileId === null ? (
        <p className="small soft">{w.noScan}</p>
      ) : (
        <p>
          <Button size="small" onClick={() => void open()}>
            {w.scan}
          </Button>
        </p>
      )}
      <div className="stack-s">
        <ReasonField
          label={w.reason}
          hint={w.reasonHint}
          need={w.needReason}
          most={300}
          value={reason}
          missing={missing}
          changed={(text) => {
            setReason(text)
            setMissing(false)
          }}
        />
      </div>
      <ProblemAlert failed={doing.failed} />
      <div className="row">
        <Button type="primary" loading={doing.busy} onClick={() => void decide('verified')}>
          {w.verify}
        </Button>
        <Button danger disabled={doing.busy} onClick={() => void decide('refused')}>
          {w.refuse}
        </Button>
      </div>
    </article>
  )
}
