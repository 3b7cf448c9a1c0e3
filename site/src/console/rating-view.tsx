import { aspects, type RatingLine } from '@skills/contract/ratings.ts'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { moment } from '../dates.ts'
import { pageLanguage } from '../language.ts'
import { ratingText } from '../rating/rating.text.ts'

const lang = pageLanguage()
const w = ratingText[lang]

/** A rating in a console: of which course, the stars, the words, the answer, and whether it is folded. What can be done with it stands below. */
export function RatingView({ rating, children }: { rating: RatingLine; children?: ReactNode }) {
  const { author, courseTitle, runName, at, changedAt, text, answer, fold } = rating
  return (
    <article className="card stack-s" data-rating={rating.id} tabIndex={-1}>
      <h3>{courseTitle[lang]}</h3>
      <p className="small soft">
        {`${author ?? w.anonymousName} · ${runName[lang]} · ${moment(at, lang)}${changedAt === null ? '' : ` · ${w.changed}`}`}
      </p>
      <p className="row">
        {aspects.map((aspect) => (
          <Tag key={aspect}>{`${w.aspects[aspect]} ${rating.aspects[aspect]}`}</Tag>
        ))}
      </p>
      {text !== null && <p className="rating-words">{text}</p>}
      {fold !== null && (
        <p>
          <Tag color="warning">{`${w.folded} · ${w.fold[fold.reason]}`}</Tag>
          {fold.sentence}
        </p>
      )}
      {answer !== null && (
        <blockquote className="rating-words">
          <span className="small soft">{`${w.answer} · ${moment(answer.changedAt ?? answer.at, lang)}`}</span>
          <br />
          {answer.text}
        </blockquote>
      )}
      {children}
    </article>
  )
}
