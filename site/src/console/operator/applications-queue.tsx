import type { ApplicationLine } from '@skills/contract/applications.ts'
import { termName } from '../../catalog/words.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { DataTable } from '../data-table.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { usePlace } from '../place.ts'
import { useTaxonomy } from '../union/rules-view.tsx'
import { useAnswer } from '../use-answer.ts'
import { ApplicationReview } from './application-review.tsx'
import { operatorText } from './operator.text.ts'

const lang = pageLanguage()
const w = operatorText[lang]

/** Applications that wait, the longest waiting first; one of them, when the address names it. */
export default function ApplicationsQueue() {
  const chosen = usePlace()['application']
  return chosen === undefined ? <Queue /> : <ApplicationReview key={chosen} applicationId={chosen} />
}

function Queue() {
  const asked = useAnswer('listApplications', { query: { limit: '100' } })
  const taxonomy = useTaxonomy()
  return (
    <section className="stack">
      <h2>{w.queue}</h2>
      <Answered asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <NothingYet title={w.none} hint={w.noneHint} />
          ) : (
            <DataTable<ApplicationLine>
              label={w.queue}
              rowKey="id"
              dataSource={items}
              columns={[
                { title: w.name, render: (_, { id, name }) => <PlaceLink to={{ tab: 'applications', application: id }}>{name}</PlaceLink> },
                { title: w.waited, render: (_, { waitedDays }) => w.days(waitedDays) },
                { title: w.uscc, render: (_, { uscc }) => <span className="figures">{uscc}</span> },
                { title: w.region, render: (_, { region }) => termName(taxonomy, 'regions', region, lang) },
              ]}
            />
          )
        }
      </Answered>
    </section>
  )
}
