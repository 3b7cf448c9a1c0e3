import type { Text } from '@skills/contract/text.ts'
import { pageLanguage } from '../language.ts'
import { consoleText } from './console.text.ts'
import { MembersOf } from './members-of.tsx'
import { membersText } from './members.text.ts'
import { PlaceLink } from './place-link.tsx'

const lang = pageLanguage()
const w = membersText[lang]

/** Who acts for a union or an employer, as a page of its console with the way back. */
export default function MembersPage({ organizationId, name, back }: { organizationId: string; name?: Text; back: Record<string, string> }) {
  return (
    <section aria-labelledby="people-title" className="stack">
      <p>
        <PlaceLink to={back}>{consoleText[lang].back}</PlaceLink>
      </p>
      <div>
        <h2 id="people-title">{w.title}</h2>
        <p className="soft">{w.lead}</p>
      </div>
      <MembersOf organizationId={organizationId} name={name} />
    </section>
  )
}
