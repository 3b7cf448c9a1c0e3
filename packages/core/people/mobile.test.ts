import { describe, expect, it } from 'vitest'
import { maskMobile, mobile } from './mobile.ts'

describe('a mobile number', () => {
  it.each(['19900001234', '+8619900001234', '008619900001234', '8619900001234', '+86 199-0000-1234', '１９９　００００　１２３４'])(
    'is kept as E.164: %s',
    (text) => {
      expect(mobile(text)).toEqual({ ok: true, e164: '+8619900001234' })
    },
  )
  it.each(['', '1990000123', '199000012345', '12900001234', '0898-65001234', '+85291234567', '1990000123a', '+86+8619900001234'])(
    'is refused: %s',
    (text) => {
      expect(mobile(text)).toMatchObject({ ok: false, code: 'phone-format' })
    },
  )
  it('is shown without its middle', () => {
    expect(maskMobile('+8613800000000')).toBe('138****0000')
  })
})
