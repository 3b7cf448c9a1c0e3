import { maskMobile, mobile } from '@skills/core/people/mobile.ts'
import { maskName, personName } from '@skills/core/people/person-name.ts'
import { checkCharacter, maskResidentId, residentId } from '@skills/core/people/resident-id.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const today = '2026-12-01'
const day = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2010-12-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const idNumber = fc.tuple(day, fc.integer({ min: 0, max: 999 })).map(([bornOn, n]) => {
  const digits = `990000${bornOn.replaceAll('-', '')}${String(n).padStart(3, '0')}`
  return { id: digits + checkCharacter(digits), bornOn }
})
const wide = (text: string) => text.replace(/[0-9A-Za-z]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
const spaced = (text: string, places: number[]) =>
  [...text].map((character, place) => (places.includes(place) ? ` ${character}` : character)).join('')
const places = fc.array(fc.nat({ max: 17 }))

describe('ID numbers', () => {
  test('have one spelling, however they are typed', () => {
    fc.assert(
      fc.property(idNumber, places, fc.boolean(), fc.boolean(), ({ id, bornOn }, at, fullWidth, lower) => {
        const typed = spaced(fullWidth ? wide(id) : id, at)
        expect(residentId(lower ? typed.toLowerCase() : typed, today)).toEqual({ ok: true, id, bornOn, areaKnown: false })
      }),
    )
  })
  test('with one digit changed, or two neighbours exchanged, are never taken', () => {
    fc.assert(
      fc.property(idNumber, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), ({ id }, place, by) => {
        const other = (Number(id[place]) + by) % 10
        expect(residentId(id.slice(0, place) + other + id.slice(place + 1), today).ok).toBe(false)
        const [a = '', b = ''] = id.slice(place)
        if (a !== b && place < 16) expect(residentId(id.slice(0, place) + b + a + id.slice(place + 2), today).ok).toBe(false)
      }),
    )
  })
  test('of anything at all give an answer that repeats nothing typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 5 }), (text) => {
        const judged = residentId(text, today)
        if (!judged.ok) expect(`${judged.detail.zh}${judged.detail.en}`).not.toContain(text)
      }),
    )
  })
  test('when masked show seven characters and hide the birth date', () => {
    fc.assert(
      fc.property(idNumber, ({ id }) => {
        expect(maskResidentId(id)).toMatch(/^\d{3}\*{11}\d{3}[\dX]$/)
      }),
    )
  })
})

describe('mobile numbers', () => {
  const digits = fc.integer({ min: 0, max: 9999 }).map((n) => `1990000${String(n).padStart(4, '0')}`)
  test('have one spelling, however they are typed', () => {
    fc.assert(
      fc.property(digits, places, fc.constantFrom('', '+86', '0086', '86'), fc.boolean(), (number, at, prefix, fullWidth) => {
        expect(mobile(spaced(fullWidth ? wide(prefix + number) : prefix + number, at))).toEqual({ ok: true, e164: `+86${number}` })
      }),
    )
  })
  test('when masked never show the whole', () => {
    fc.assert(fc.property(digits, (number) => void expect(maskMobile(`+86${number}`)).toMatch(/^199\*{4}\d{4}$/)))
  })
})

describe('names', () => {
  const han = fc
    .oneof(fc.integer({ min: 0x4e00, max: 0x9fa5 }), fc.integer({ min: 0x20000, max: 0x2a6d6 }), fc.integer({ min: 0x30000, max: 0x3134a }))
    .map((code) => String.fromCodePoint(code))
  const name = fc.array(han, { minLength: 1, maxLength: 20 }).map((letters) => letters.join(''))
  test('of Han letters of every plane are taken as they are, and taken the same again', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(personName(text)).toEqual({ ok: true, name: text })
      }),
    )
  })
  test('with one character that is no letter are refused', () => {
    const bad = fc.constantFrom(
      '\u0000',
      '\u0007',
      '\u200b',
      '\u200e',
      '\u202e',
      '\u2066',
      '\ufeff',
      '\ufe0f',
      '<',
      '>',
      '{',
      '$',
      '0',
      '٣',
      '😀',
      '\ue000',
      '\u0300',
      '\u3164',
    )
    fc.assert(
      fc.property(name, name, bad, (before, after, character) => {
        expect(personName(before + character + after).ok).toBe(false)
      }),
    )
  })
  test('when masked keep their length and hide all but the surname', () => {
    fc.assert(
      fc.property(name, (text) => {
        const letters = [...text]
        const masked = [...maskName(text)]
        expect(masked).toHaveLength(letters.length)
        expect(masked.filter((letter) => letter !== '*').length).toBeLessThanOrEqual(letters.length > 2 ? 2 : letters.length - 1)
      }),
    )
  })
})
