import type { Sponsor } from '@skills/contract/funding.ts'
import type { ProgramView } from '@skills/contract/sponsors.routes.ts'
import { yuan } from '@skills/contract/money.ts'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { PlaceLink } from '../place-link.tsx'
import { go, usePlace } from '../place.ts'
import { ProblemAlert } from '../problem-alert.tsx'
import { useAnswer } from '../use-answer.ts'
import { useDoing } from '../use-doing.ts'
import { Allocations } from './allocations.tsx'
import { BudgetPicture } from './budget-bar.tsx'
import { Grants } from './grants.tsx'
import { Ledger } from './ledger.tsx'
import { MoneyDialog } from './money-dialog.tsx'
import { stateColor } from './overview.tsx'
import { Reviews } from './reviews.tsx'
import { RulesView } from './rules-view.tsx'
import { unionText } from './union.text.ts'
import { Vouchers } from './vouchers.tsx'

const lang = pageLanguage()
const w = unionText[lang]
const tabs = ['allocations', 'grants', 'reviews', 'vouchers', 'ledger', 'rules'] as const

/** One program: its budget, what can be done with it, and its parts in tabs. Every change reads the budget anew. */
export default function ProgramPage({ programId, sponsor, manages }: { programId: string; sponsor: Sponsor; manages: boolean }) {
  const asked = useAnswer('getProgram', { params: { programId } })
  const place = usePlace()
  const tab = tabs.find((one) => one === place['tab']) ?? 'allocations'
  return (
    <section>
      <p className="crumbs">
        <PlaceLink to={{ sponsor: sponsor.id }}>{w.programs}</PlaceLink>
      </p>
      <Answered asked={asked}>
        {(view) => {
          const parts = { view, manages: manages && view.program.sponsorId === sponsor.id, changed: asked.again }
          return (
            <>
              <ProgramHead {...parts} show={asked.show} />
              <nav className="console-tabs" aria-label={view.program.name[lang]}>
                {tabs.map((key) => (
                  <PlaceLink key={key} to={{ sponsor: sponsor.id, program: programId, tab: key }} current={key === tab}>
                    {w.tabs[key]}
                    {key === 'reviews' && view.openReviews > 0 && (
                      <span className="label warn" title={w.openReviews(view.openReviews)}>
                        {view.openReviews}
                      </span>
                    )}
                  </PlaceLink>
                ))}
              </nav>
              {tab === 'allocations' ? (
                <Allocations {...parts} />
              ) : tab === 'vouchers' ? (
                <Vouchers {...parts} />
              ) : tab === 'grants' ? (
                <Grants program={view.program} />
              ) : tab === 'reviews' ? (
                <Reviews programId={programId} changed={asked.again} />
              ) : tab === 'ledger' ? (
                <Ledger programId={programId} />
              ) : (
                <RulesView program={view.program} />
              )}
            </>
          )
        }}
      </Answered>
    </section>
  )
}

export interface ProgramParts {
  view: ProgramView
  manages: boolean
  /** Called when something changed that the budget shows. */
  changed: () => void
}

function ProgramHead({ view, manages, changed, show }: ProgramParts & { show: (view: ProgramView) => void }) {
  const { program, budget } = view
  const [moving, setMoving] = useState<'top-up' | 'withdrawal'>()
  const { modal, message } = App.useApp()
  const doing = useDoing()
  const step = (to: 'active' | 'frozen' | 'closing', title: string, said: string) =>
    modal.confirm({
      title,
      content: said,
      okText: w.step.yes,
      okButtonProps: { danger: to === 'closing' },
      onOk: async () => {
        const done = await doing.run(`program/${program.id}/${to}`, (key) =>
          callAsMe('stepProgram', { params: { programId: program.id }, body: { to }, key }),
        )
        if (!done) return
        show(done.value)
        message.success(w.step.done(w.state[done.value.program.state]))
      },
    })
  const live = program.state === 'active' || program.state === 'frozen'
  return (
    <div className="card program-top">
      <div className="console-title">
        <div>
          <h2>{program.name[lang]}</h2>
          <p className="soft small">
            <Tag color={stateColor[program.state]}>{w.state[program.state]}</Tag> {w.stateHint[program.state]}
          </p>
        </div>
        {manages && (
          <div className="row">
            {live && <Button onClick={() => go({ sponsor: program.sponsorId, program: program.id, do: 'edit' })}>{w.edit}</Button>}
            {program.state === 'active' && <Button onClick={() => step('frozen', w.step.freeze, w.stateHint.frozen)}>{w.freeze}</Button>}
            {program.state === 'frozen' && <Button onClick={() => step('active', w.step.resume, w.stateHint.active)}>{w.resume}</Button>}
            {live && (
              <Button danger onClick={() => step('closing', w.step.closeProgram, w.step.closeSaid(yuan(budget.freeFen)))}>
                {w.closeProgram}
              </Button>
            )}
            <Button disabled={budget.freeFen === 0} onClick={() => setMoving('withdrawal')}>
              {w.withdraw}
            </Button>
            {live && (
              <Button type="primary" onClick={() => setMoving('top-up')}>
                {w.topUp}
              </Button>
            )}
          </div>
        )}
      </div>
      <ProblemAlert failed={doing.failed} />
      <BudgetPicture budget={budget} />
      {moving && (
        <MoneyDialog
          program={program}
          budget={budget}
          kind={moving}
          close={() => setMoving(undefined)}
          done={() => {
            setMoving(undefined)
            changed()
          }}
        />
      )}
    </div>
  )
}
