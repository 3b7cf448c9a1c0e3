import { createHash } from 'node:crypto'
import { stableText } from '../catalog/stable-text.ts'
import type { Rating } from './rating.ts'

/** The digest of all that was ever said in a rating and done with it: it stands in each audit entry, so that a changed or missing word shows. */
export function ratingDigest({ aspects, text, instructors, anonymous, earlier, answer, folds }: Rating): string {
  return createHash('sha256').update(stableText({ aspects, text, instructors, anonymous, earlier, answer, folds })).digest('hex')
}
