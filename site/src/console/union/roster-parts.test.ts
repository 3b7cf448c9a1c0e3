import type { RosterReport } from '@skills/contract/rosters.routes.ts'
import { expect, test } from 'vitest'
import { reached, together } from './roster-parts.ts'

const remark = (row: number, code = 'unmatched') => ({ row, column: null, code, detail: { zh: code, en: code } })
const part = (of: Partial<RosterReport>): RosterReport => ({
  importId: 'imp_01K00000000000000000000001',
  written: true,
  encoding: 'utf-8',
  rows: 500,
  matched: 0,
  unmatched: 0,
  malformed: 0,
  notReached: 0,
  next: null,
  remarks: [],
  ...of,
})

test('parts of one file make one report, in which everything counts once', () => {
  const first = part({
    matched: 190,
    unmatched: 10,
    malformed: 2,
    notReached: 298,
    next: 203,
    remarks: [remark(5), remark(9, 'odd'), remark(300, 'odd')],
  })
  const second = part({ matched: 296, unmatched: 2, malformed: 1, remarks: [remark(250), remark(300, 'odd')] })
  expect(reached(together(undefined, first))).toEqual({ done: 200, all: 498 })
  const whole = together(together(undefined, first), second)
  expect(whole).toMatchObject({ rows: 500, matched: 486, unmatched: 12, malformed: 2, notReached: 0, next: null })
  expect(whole.matched + whole.unmatched + whole.malformed).toBe(whole.rows)
  expect(whole.remarks.map(({ row }) => row)).toEqual([5, 9, 250, 300])
})
