import { pageLanguage } from '../../language.ts'
import { QualityComplaints } from './quality-complaints.tsx'
import { QualityFigures } from './quality-figures.tsx'
import { QualitySanctions } from './quality-sanctions.tsx'
import { qualityText } from './quality.text.ts'
import type { TabProps } from './tabs.ts'

const w = qualityText[pageLanguage()]

/** A provider's figures, the complaints it has to answer, and the sanctions it can be heard on and appeal. */
export default function QualityTab({ providerId, manages }: TabProps) {
  return (
    <div className="stack">
      <h2>{w.title}</h2>
      <QualityFigures providerId={providerId} />
      {manages && <QualityComplaints providerId={providerId} />}
      {manages && <QualitySanctions providerId={providerId} />}
    </div>
  )
}
