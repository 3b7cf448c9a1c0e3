import type { Sanction } from '@skills/contract/quality.ts'
import { App } from 'antd'
import { callAsMe } from '../../identity/my-api.ts'
import { pageLanguage } from '../../language.ts'
import { Answered } from '../answered.tsx'
import { NothingYet } from '../nothing-yet.tsx'
import { SanctionView } from '../sanction-view.tsx'
import { useAnswer } from '../use-answer.ts'
import { qualityText } from './quality.text.ts'
import { SpeakForm } from './speak-form.tsx'

const w = qualityText[pageLanguage()]

/** Every sanction of a provider, with the hearing before it takes effect and the appeal after. */
export function QualitySanctions({ providerId }: { providerId: string }) {
  const asked = useAnswer('listSanctionsOf', { params: { providerId } })
  return (
    <section className="stack" aria-labelledby="sanctions-title">
      <h3 id="sanctions-title">{w.sanctions}</h3>
      <Answered asked={asked}>
        {({ sanctions }) => (
          <>
            {sanctions.length === 0 && <NothingYet title={w.noSanctions} hint={w.noSanctionsHint} />}
            {sanctions.map((one) => (
              <SanctionView key={one.id} sanction={one}>
                <Ways sanction={one} changed={asked.again} />
              </SanctionView>
            ))}
          </>
        )}
      </Answered>
    </section>
  )
}

function Ways({ sanction: { id, state, hearing, hearUntil, appeal, appealUntil }, changed }: { sanction: Sanction; changed: () => void }) {
  const { message } = App.useApp()
  const ahead = (end: string | null) => end !== null && Date.parse(end) > Date.now()
  const hears = state === 'proposed' && hearing === null && ahead(hearUntil)
  const appeals = (state === 'in-force' || state === 'ended') && appeal === null && ahead(appealUntil)
  if (!hears && !appeals) return null
  return (
    <SpeakForm
      label={w.speakLabel}
      hint={w.answerHint}
      send={hears ? w.hear : w.appeal}
      what={`${hears ? 'hear' : 'appeal'}/${id}`}
      call={(text, key) => callAsMe(hears ? 'hearSanction' : 'appealSanction', { params: { sanctionId: id }, body: { text }, key })}
      done={() => {
        message.success(hears ? w.heardOk : w.appealOk)
        changed()
      }}
    />
  )
}
