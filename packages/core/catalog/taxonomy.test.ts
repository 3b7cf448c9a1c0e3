import { levels } from '@skills/contract/taxonomy.ts'
import { expect, test } from 'vitest'
import { specialOperations } from './taxonomy-special-operations.ts'
import { taxonomySnapshot, termOf, tradeOf } from './taxonomy.ts'

test('special operations are eleven categories with 51 items', () => {
  expect(specialOperations.terms.filter((term) => term.parent === undefined)).toHaveLength(11)
  expect(specialOperations.terms.filter((term) => term.parent !== undefined)).toHaveLength(51)
})

test('every list names its source, and its codes are unique and kebab-case', () => {
  const { lists } = taxonomySnapshot()
  for (const list of Object.values(lists)) {
    expect(list.source.length).toBeGreaterThan(3)
    expect(new Set(list.terms.map((term) => term.code)).size).toBe(list.terms.length)
    expect(list.terms.filter((term) => !/^([a-z0-9]+-)*[a-z0-9]+$/.test(term.code) || !term.name.zh || !term.name.en)).toEqual([])
  }
  const trades = [...lists.trades.terms, ...lists.specialOperations.terms].map((term) => term.code)
  expect(new Set(trades).size).toBe(trades.length)
  expect(lists.levels.terms.map((term) => term.code)).toEqual([...levels])
  expect(lists.regions.terms).toHaveLength(20)
})

test('a term is found by code, by either name and by usual short forms', () => {
  for (const name of ['460100', '海口市', '海口', 'Haikou', ' haikou ']) expect(termOf('regions', name)?.code).toBe('460100')
  for (const name of ['level-3', '三级', '高级工', '三级（高级工）', '三级(高级工)']) expect(termOf('levels', name)?.code).toBe('level-3')
  expect(termOf('levels', '高级技师')?.code).toBe('level-1')
  expect(termOf('regions', '北京')).toBeUndefined()
})

test('a trade is an item, never a category', () => {
  expect(tradeOf('低压电工作业')?.code).toBe('low-voltage-electrician')
  expect(tradeOf('低压电工')?.code).toBe('low-voltage-electrician')
  expect(tradeOf('高处作业')).toBeUndefined()
  expect(tradeOf('咖啡师')?.code).toBe('barista')
})
