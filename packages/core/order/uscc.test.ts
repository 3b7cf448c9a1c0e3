import { describe, expect, it } from 'vitest'
import { uscc, usccCheck } from './uscc.ts'

const read = (text: string) => {
  const judged = uscc(text)
  return judged.ok ? judged.uscc : judged.code
}
const good = '91350100M000100Y43'

describe('a unified social credit code', () => {
  it.each([good, '91350100M0001000D0'])('is read: %s', (code) => {
    expect(read(code)).toBe(code)
  })
  it('is understood with full-width and lower-case characters, spaces and hyphens', () => {
    expect(read('９１３５０１００ｍ０００１００ｙ４３')).toBe(good)
    expect(read(' 9135 0100-m000100y43\u3000')).toBe(good)
  })
  it('with any character changed, or two neighbours exchanged, is refused', () => {
    for (let place = 0; place < 18; place += 1) {
      for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        const changed = good.slice(0, place) + other + good.slice(place + 1)
        if (changed !== good) expect(['uscc-checksum', 'uscc-format']).toContain(read(changed))
      }
      const [a = '', b = ''] = good.slice(place)
      const swapped = good.slice(0, place) + b + a + good.slice(place + 2)
      if (a !== b && b !== '') expect(['uscc-checksum', 'uscc-format']).toContain(read(swapped))
    }
    expect(read('91350100M000100Y4Z')).toBe('uscc-letter')
  })
  it.each([
    ['', 'uscc-format'],
    [good.slice(1), 'uscc-format'],
    [`${good}1`, 'uscc-format'],
    ['91A50100M000100Y43', 'uscc-format'],
    ['9135010①M000100Y43', 'uscc-format'],
    ['91350100M000I00Y43', 'uscc-letter'],
    ['350100000000001', 'uscc-15-digits'],
  ])('%s is refused: %s', (text, code) => {
    expect(read(text)).toBe(code)
  })
  it('is never echoed in what is wrong with it', () => {
    const judged = uscc('91350100M000100Y44')
    expect(JSON.stringify(judged)).not.toContain('M000100')
  })
  it('ends in 0 where the sum is a multiple of 31', () => {
    expect(usccCheck('91350100M0001000D')).toBe('0')
  })
})
