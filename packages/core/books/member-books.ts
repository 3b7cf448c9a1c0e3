import { keys } from '../keys.ts'
import type { ApplicationItem } from '../provider/application.ts'
import { where, type Books, type Violation } from './books.ts'

/**
 * A5 who acts for an organization stands in its list: each appointment that lasts, and no other; A6 of the applications for a provider that is known already one at most is under way, and
 * its guard names it.
 */
export function checkMembers(books: Books): Violation[] {
  const found: Violation[] = []
  for (const item of books.of('membership')) {
    const { pk, sk } = keys.member.key(String(item['organizationId']), String(item['personId']))
    if ((item['endedAt'] === null) !== (books.find(pk, sk) !== undefined))
      found.push({ code: 'A5', at: where(item), says: 'the list of its organization does not say the same' })
  }
  for (const item of books.of('member')) {
    const { pk, sk } = keys.membership.key(String(item['personId']), String(item['organizationId']))
    if (books.find(pk, sk) === undefined) found.push({ code: 'A5', at: where(item), says: 'somebody is listed who was never appointed' })
  }
  const underWay = books
    .of('application')
    .map((item) => (item as unknown as ApplicationItem).application)
    .filter(({ known, state }) => known && state !== 'approved' && state !== 'refused')
  for (const item of books.of('renewal'))
    if (!underWay.some(({ id, providerId }) => id === item['applicationId'] && item.pk === keys.renewal.key(providerId).pk))
      found.push({ code: 'A6', at: where(item), says: 'no such application is under way' })
  return found
}
