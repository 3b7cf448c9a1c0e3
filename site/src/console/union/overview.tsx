import type { Sponsor } from '@skills/contract/funding.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { Button, Tag } from 'antd'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { Money } from '../money.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go } from '../place.ts'
import { useAnswer } from '../use-answer.ts'
import { BudgetBar, BudgetPicture, budgetParts, sumOf } from './budget-bar.tsx'
import { fundingSaid } from './program-words.ts'
import { unionText } from './union.text.ts'

const lang = pageLanguage()
const w = unionText[lang]

/** All programs of a union: its money in one picture, then each program on its shelf. */
export function Overview({ sponsor, manages }: { sponsor: Sponsor; manages: boolean }) {
  const asked = useAnswer('listPrograms', { params: { sponsorId: sponsor.id } })
  const create = () => go({ sponsor: sponsor.id, do: 'new' })
  return (
    <section aria-labelledby="programs-title">
      <div className="console-title">
        <h2 id="programs-title">{w.programs}</h2>
        {manages && (
          <div className="row">
            <Button onClick={() => go({ sponsor: sponsor.id, do: 'roster' })}>{w.roster}</Button>
            <Button type="primary" onClick={create}>
              {w.newProgram}
            </Button>
          </div>
        )}
      </div>
      <Answered asked={asked}>
        {({ programs }) =>
          programs.length === 0 ? (
            <NothingYet title={w.none} hint={manages ? w.noneHint : w.noneHintReviewer}>
              {manages && (
                <Button type="primary" onClick={create}>
                  {w.newProgram}
                </Button>
              )}
            </NothingYet>
          ) : (
            <>
              {programs.length > 1 && (
                <div className="card console-sum">
                  <h3>{w.all}</h3>
                  <BudgetPicture budget={sumOf(programs.map(({ budget }) => budget))} />
                </div>
              )}
              <ul className="program-list">
                {programs.map((view) => (
                  <ProgramCard key={view.program.id} view={view} />
                ))}
              </ul>
            </>
          )
        }
      </Answered>
    </section>
  )
}

export const stateColor = { active: 'success', frozen: 'warning', closing: 'processing', closed: 'default' } as const

function ProgramCard({ view: { program, budget, allocations, openReviews } }: { view: ProgramView }) {
  return (
    <li className="card program-card" data-program={program.id}>
      <div className="program-card-head">
        <h3>
          <PlaceLink to={{ sponsor: program.sponsorId, program: program.id }}>{program.name[lang]}</PlaceLink>
        </h3>
        <Tag color={stateColor[program.state]}>{w.state[program.state]}</Tag>
      </div>
      <p className="soft small">
        {fundingSaid(program.funding, lang)} · {w.period(program.period.from, program.period.until)} · {w.allocations(allocations)}
      </p>
      <BudgetPictureSmall budget={budget} />
      {openReviews > 0 && (
        <p>
          <PlaceLink to={{ sponsor: program.sponsorId, program: program.id, tab: 'reviews' }} className="label warn">
            {w.openReviews(openReviews)}
          </PlaceLink>
        </p>
      )}
    </li>
  )
}

const BudgetPictureSmall = ({ budget }: { budget: ProgramView['budget'] }) => (
  <div className="budget small">
    <BudgetBar budget={budget} />
    <BudgetLine budget={budget} />
  </div>
)

const BudgetLine = ({ budget }: { budget: ProgramView['budget'] }) => (
  <ul className="budget-line small">
    {budgetParts.map(({ key }) => (
      <li key={key}>
        <span className={`swatch part-${key}`} aria-hidden="true" />
        {w.parts[key]} <Money fen={budget[`${key}Fen`]} />
      </li>
    ))}
  </ul>
)
