import { isId } from '@skills/contract/ids.ts'
import type { Sponsor } from '@skills/contract/funding.ts'
import { expect, test } from 'vitest'
import { inTree, newSponsorId, possibleParents } from './union-tree.ts'

const union = (id: string, ...above: string[]): Sponsor => ({
  id,
  name: { zh: id, en: id },
  level: 'city',
  parentId: above.at(-1) ?? null,
  path: [...above, id],
  region: '460100',
})
const all = [union('d', 'a', 'b'), union('c'), union('b', 'a'), union('a')]

test('a list of unions reads as their tree', () => {
  expect(inTree(all).map(({ id, depth }) => `${id}${depth}`)).toEqual(['a0', 'b1', 'd2', 'c0'])
  expect(inTree([union('d', 'a', 'b')]).map(({ depth }) => depth)).toEqual([0])
})

test('a union hangs neither below itself nor below its own', () => {
  expect(possibleParents(all, 'b').map(({ id }) => id)).toEqual(['a', 'c'])
  expect(possibleParents(all, undefined)).toHaveLength(4)
})

test('a new id is one of the house, of its time', () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, place) => place * 17)
  const early = newSponsorId(Date.UTC(2026, 10, 21), bytes)
  expect(isId('sponsor', early)).toBe(true)
  expect(isId('sponsor', newSponsorId(0, bytes))).toBe(true)
  expect(early < newSponsorId(Date.UTC(2026, 10, 22), bytes)).toBe(true)
})
