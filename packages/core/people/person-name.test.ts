import { describe, expect, it } from 'vitest'
import { maskName, personName } from './person-name.ts'

describe('a real name', () => {
  it.each(['张三', '欧阳娜娜', '阿卜杜拉·买买提', '𠮷野', '𬱖', '〇一', 'John Smith', 'Anne-Marie O’Neill', 'José', 'Nguyễn Văn An'])(
    'is taken: %s',
    (name) => {
      expect(personName(name)).toEqual({ ok: true, name: name.normalize('NFC') })
    },
  )
  it('has one spelling for dots and spaces', () => {
    expect(personName('  阿卜杜拉 • 买买提 ')).toEqual({ ok: true, name: '阿卜杜拉·买买提' })
    expect(personName('John\u3000 Smith')).toEqual({ ok: true, name: 'John Smith' })
  })
  it.each([
    ['control', '张\u0000三'],
    ['a line break', '张\n三'],
    ['zero-width', '张\u200b三'],
    ['zero-width joiner', '张\u200d三'],
    ['turned writing', '\u202e三张'],
    ['an invisible variant', '张\ufe00三'],
    ['emoji', '张三😀'],
    ['markup', '<script>'],
    ['a template', '{{7*7}}'],
    ['digits', '张3'],
    ['a private character', '张\ue000'],
    ['half a pair', '张\ud842'],
    ['dots alone', '··'],
    ['a dot at the end', '张三·'],
  ])('with %s is refused', (_, name) => {
    expect(personName(name)).toMatchObject({ ok: false, code: 'characters' })
  })
  it('has a length', () => {
    expect(personName('   ')).toMatchObject({ code: 'length' })
    expect(personName('张'.repeat(51))).toMatchObject({ code: 'length' })
  })
})

describe('a masked name', () => {
  it.each([
    ['张三', '张*'],
    ['王小明', '王**'],
    ['欧阳娜娜', '欧阳**'],
    ['欧阳', '欧*'],
    ['难', '*'],
    ['𠮷野家', '𠮷**'],
    ['阿卜杜拉·买买提', '阿***·***'],
    ['John Smith', 'J*** *****'],
  ])('of %s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})
