import { purposes } from '@skills/contract/people.ts'
import { Consent } from '@skills/contract/people.routes.ts'
import { describe, expect, it } from 'vitest'
import { consentNotices, consents, consentView, identityNoticeVersion } from './consent.ts'

describe('a consent', () => {
  it.each(purposes)('has a notice that says who, why, what, how, how long and which rights: %s', (purpose) => {
    const { zh, en } = consentNotices[purpose].text
    for (const part of ['谁在处理', '为什么', '处理哪些信息', '怎样处理', '保存多久', '撤回之后', '您的权利']) expect(zh).toContain(part)
    for (const part of ['Who:', 'Why:', 'What:', 'How:', 'How long:', 'After withdrawal:', 'Your rights:']) expect(en).toContain(part)
    expect(Consent.safeParse(consentView(purpose, undefined)).success).toBe(true)
  })
  it('names all that it covers: the health commitment, and a message when times change', () => {
    expect(consentNotices.identity.text).toEqual({
      zh: expect.stringContaining('健康承诺') as string,
      en: expect.stringContaining('health commitment') as string,
    })
    expect(consentNotices.sms.text).toEqual({
      zh: expect.stringContaining('上课时间地点变化') as string,
      en: expect.stringContaining('times or place changed') as string,
    })
    expect([consentNotices.identity.version, consentNotices.sms.version]).toEqual(['identity-2026-11-3', 'sms-2026-11-2'])
  })
  it('is needed for identity only', () => {
    expect(purposes.filter((purpose) => !consentNotices[purpose].optional)).toEqual(['identity'])
  })
  it('stands when it was given to the current words', () => {
    const given = { purpose: 'identity', given: true, version: identityNoticeVersion, at: '2026-12-01T00:00:00.000Z' }
    expect(consents(given, 'identity')).toBe(true)
    expect(consents({ ...given, given: false }, 'identity')).toBe(false)
    expect(consents({ ...given, version: 'identity-2025-01' }, 'identity')).toBe(false)
    expect(consents(undefined, 'identity')).toBe(false)
  })
})
