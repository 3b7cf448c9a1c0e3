import { pageLanguage } from '../../language.ts'
import { MembersOf } from '../members-of.tsx'
import { membersText } from '../members.text.ts'
import { NothingYet } from '../nothing-yet.tsx'
import { peopleText } from './people.text.ts'
import type { TabProps } from './tabs.ts'

const lang = pageLanguage()
const w = membersText[lang]

/** Who acts for the provider; its managers appoint. */
export default function PeopleTab({ providerId, manages }: TabProps) {
  return (
    <section aria-labelledby="people-title" className="stack">
      <div>
        <h2 id="people-title">{w.title}</h2>
        <p className="soft">{w.lead}</p>
      </div>
      {manages ? <MembersOf organizationId={providerId} /> : <NothingYet title={peopleText[lang].notYours} hint={peopleText[lang].ask} />}
    </section>
  )
}
