import { describe, expect, it } from 'vitest'
import { checkCharacter, maskResidentId, residentId } from './resident-id.ts'

const today = '2026-12-01'
const read = (text: string) => {
  const judged = residentId(text, today)
  return judged.ok ? judged.id : judged.code
}
const withCheck = (digits: string) => digits + checkCharacter(digits)

describe('a resident ID number', () => {
  it('is read with its birth date', () => {
    expect(residentId('11010519491231002X', today)).toEqual({ ok: true, id: '11010519491231002X', bornOn: '1949-12-31', areaKnown: true })
    expect(residentId('440524188001010014', today)).toMatchObject({ ok: true, bornOn: '1880-01-01' })
    expect(residentId('34052419800101001X', today)).toMatchObject({ ok: true, bornOn: '1980-01-01' })
  })
  it('is understood with full-width characters, spaces and a lower-case x', () => {
    expect(read('１１０１０５１９４９１２３１００２ｘ')).toBe('11010519491231002X')
    expect(read(' 110105 19491231\u3000002x ')).toBe('11010519491231002X')
  })
  it('is not guessed from characters that only look like digits', () => {
    expect(read('①1010519491231002X')).toBe('id-format')
    expect(read('١١٠١٠٥١٩٤٩١٢٣١٠٠٢X')).toBe('id-format')
  })
  it.each(['', '1101051949123100', '11010519491231002XX', '01010519491231002X', '1101051949123100X2', '11010519491231<02X'])(
    'of the wrong shape is refused: %s',
    (text) => {
      expect(read(text)).toBe('id-format')
    },
  )
  it('of 15 digits is explained', () => {
    expect(read('110105491231002')).toBe('id-15-digits')
  })
  it('fails when any digit is changed', () => {
    const good = '11010519800101001'
    const id = withCheck(good)
    for (let place = 0; place < 17; place += 1) {
      const other = (Number(id[place]) % 9) + 1
      const changed = id.slice(0, place) + (other === Number(id[place]) ? 0 : other) + id.slice(place + 1)
      if (changed[0] !== '0') expect(['id-checksum', 'id-birthdate']).toContain(read(changed))
    }
  })
  it('needs a birth date that exists, lies in the past, and sixteen years', () => {
    expect(read(withCheck('99000019900230001'))).toBe('id-birthdate')
    expect(read(withCheck('99000020301201001'))).toBe('id-birthdate')
    expect(read(withCheck('99000020101202001'))).toBe('id-under-16')
    expect(read(withCheck('99000020101201001'))).toBe(withCheck('99000020101201001'))
  })
  it('of an area nobody knows is taken, and marked', () => {
    expect(residentId(withCheck('99000019900101001'), today)).toMatchObject({ ok: true, areaKnown: false })
  })
  it('is shown by its first three and last four characters', () => {
    expect(maskResidentId('11010519491231002X')).toBe('110***********002X')
  })
})
