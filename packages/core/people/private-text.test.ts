import { describe, expect, it } from 'vitest'
import { findPrivate, privateErrors, visible } from './private-text.ts'

describe('a text that others read', () => {
  it.each([
    '打我电话 19900001234 谢谢',
    '手机：199-0000-1234',
    '199 0000 1234',
    '199 000 01234',
    '１９９００００１２３４',
    '一九九零零零零一二三四',
    '1 9 9 0 0 0 0 1 2 3 4',
    '+86 19900001234',
    '008619900001234。',
    '电话19900001234 2026-12-20',
    'call 199.0000.1234',
    ...['\u200b', '\u200c', '\u2060', '\u00ad', '\u202e', '\u2066', '\u0007', '\ufe0f\u20e3', '\u3164'].map(
      (hid) => `199${hid}0000${hid}1234`,
    ),
  ])('holds a mobile number: %s', (text) => {
    expect(findPrivate(text)).toBe('mobile')
  })
  it.each([
    '我的身份证 990001199001011238',
    '99000119900101123x',
    '990001 19900101 1238',
    '990001-1990-0101-1238',
    '990001900101123',
    '990001\u200b1990\u200b0101\u00ad1238',
    '身份证９９０００１１９９００１０１１２３８，谢谢',
  ])('holds an ID number: %s', (text) => {
    expect(findPrivate(text)).toBe('resident-id')
  })
  it.each([
    '',
    '上课时间改为 2026-12-20 18:30 到 20:00',
    '130 2026-12-20',
    '请带 A4 纸 200 张，地址：海口市龙华路 1 号 201 室',
    '前台座机 0898-65001234，400-800-1234',
    '订单 ord_01JE0000000000000000000001',
    '统一社会信用代码 91460000MA5T000017',
    '一共 157 个名额，2027 年 1 月 9 日第一百三十五期',
    '报名费 1980.00 元，补贴 1380 元',
  ])('holds no personal number: %s', (text) => {
    expect(findPrivate(text)).toBeUndefined()
  })
  it('is stored without what nobody sees, its lines kept', () => {
    expect(visible(' 第一行\u200b\r\n\u202e第二\u00ad行\t好\u0007 ')).toBe('第一行\n第二行 好')
    expect(visible('\u200b\u2060')).toBe('')
  })
  it('is refused by field, without the number', () => {
    const errors = privateErrors({ '#/title': '好', '#/text': '19900001234', '#/note': null })
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([['#/text', 'personal-number']])
    expect(JSON.stringify(errors)).not.toContain('1990')
  })
})
