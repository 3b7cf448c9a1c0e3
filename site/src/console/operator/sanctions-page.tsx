import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { useAnswer } from '../use-answer.ts'
import { operatorQualityText } from './quality.text.ts'
import { SanctionsCase } from './sanctions-case.tsx'
import { SanctionsExcuse } from './sanctions-excuse.tsx'
import { SanctionsForm } from './sanctions-form.tsx'

const w = operatorQualityText[pageLanguage()]

/** Sanctions that are proposed, in force or appealed, the way to propose one, and runs whose cancellation does not count. */
export default function SanctionsPage() {
  const asked = useAnswer('listSanctionCases', {})
  return (
    <div className="stack">
      <section className="stack">
        <h2>{w.sanctions}</h2>
        <Answered asked={asked}>
          {({ sanctions }) => (
            <>
              {sanctions.length === 0 && <NothingYet title={w.noSanctions} hint={w.noSanctionsHint} />}
              {sanctions.map((one) => (
                <SanctionsCase key={one.id} sanction={one} changed={asked.again} />
              ))}
            </>
          )}
        </Answered>
      </section>
      <SanctionsForm proposed={asked.again} />
      <SanctionsExcuse />
    </div>
  )
}
