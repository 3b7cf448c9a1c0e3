import type { Sponsor } from '@skills/contract/funding.ts'
import { pageLanguage } from '../../language.ts'
import { PlaceLink } from '../place-link.tsx'
import type { AnswerOf } from '../use-answer.ts'
import { unionText } from './union.text.ts'
import { unionsText } from './unions.text.ts'

const lang = pageLanguage()
const w = unionsText[lang]

/** Where a union stands: those above it from the root down, itself, and those directly below. What one acts for can be opened. */
export function TreePlace({ sponsor, known }: { sponsor: Sponsor; known: AnswerOf<'listSponsors'> }) {
  const { sponsors, above } = known
  const way = sponsor.path.flatMap((id) => sponsors.find((one) => one.id === id) ?? above.find((one) => one.id === id) ?? [])
  const below = sponsors.filter(({ parentId }) => parentId === sponsor.id)
  const mine = new Set(sponsors.map(({ id }) => id))
  return (
    <nav className="tree-place small" aria-label={w.place}>
      <p>
        <span className="soft">{w.place} </span>
        {way.map(({ id, name, level }, place) => (
          <span key={id}>
            {place > 0 ? ' › ' : ''}
            {id === sponsor.id ? (
              <strong aria-current="page">{name[lang]}</strong>
            ) : mine.has(id) ? (
              <PlaceLink to={{ sponsor: id }}>{name[lang]}</PlaceLink>
            ) : (
              name[lang]
            )}{' '}
            <span className="soft">{unionText[lang].level[level]}</span>
          </span>
        ))}
      </p>
      <p>
        {below.length === 0 ? (
          <span className="soft">{w.noneBelow}</span>
        ) : (
          <>
            <span className="soft">{w.below(below.length)} </span>
            {below.map(({ id, name }, place) => (
              <span key={id}>
                {place > 0 ? (lang === 'zh' ? '、' : ', ') : ''}
                <PlaceLink to={{ sponsor: id }}>{name[lang]}</PlaceLink>
              </span>
            ))}
          </>
        )}
      </p>
    </nav>
  )
}
