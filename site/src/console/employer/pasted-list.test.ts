import { expect, it } from 'vitest'
import { pastedList } from './pasted-list.ts'

it('understands lines as people paste them', () => {
  expect(pastedList('林小雨\t13800000000\n符大海，990001198807226919\n\nAnna Maria Li 138-0000-0001\n只有名字').split('\r\n')).toEqual([
    '姓名,手机号,身份证号',
    '林小雨,13800000000,',
    '符大海,,990001198807226919',
    ',,',
    'Anna Maria Li,138-0000-0001,',
    '只有名字,,',
  ])
})

it('keeps what a spreadsheet would take for another cell', () => {
  expect(pastedList('张"三 13800000000').split('\r\n')[1]).toBe('"张""三",13800000000,')
})
