import type { ProfileInput } from '@skills/contract/people.routes.ts'
import type { Refusal } from '@skills/contract/refusals.ts'
import { describe, expect, it } from 'vitest'
import { unmet } from '../enrollment/entry-conditions.ts'
import { nextProfile } from './next-profile.ts'
import { ownFields } from './profile-view.ts'
import { claimFacts } from './profile.ts'
import { checkCharacter } from './resident-id.ts'

const today = '2026-12-01'
const id = `99000019900101001${checkCharacter('99000019900101001')}`
const input: ProfileInput = { realName: '张三', residentId: id, mobile: '199 0000 1234', region: '460100', employmentKind: 'employee' }

const facts = { bornOn: '1990-01-01', education: null, healthCommitment: false }
function refusedCodes(wrong: ProfileInput) {
  try {
    nextProfile(wrong, undefined, today)
    return []
  } catch (error) {
    return (error as Refusal).errors.map(({ pointer, code }) => [pointer, code])
  }
}

describe('the next profile', () => {
  it('normalizes, masks and knows that nothing is missing', () => {
    const next = nextProfile(input, undefined, today)
    expect(next.clear).toEqual({ realName: '张三', residentId: id, mobile: '+8619900001234', unionNumber: null })
    expect(next.open).toMatchObject({
      bornOn: '1990-01-01',
      maskedName: '张*',
      missing: [],
      education: null,
      certificates: [],
    })
    for (const kept of [id.slice(-4), '1234']) expect(JSON.stringify(next.open)).not.toContain(kept)
    expect(ownFields(next.clear)).toMatchObject({ realName: '张三', maskedMobile: '199****1234' })
  })
  it('says which fields are still missing', () => {
    const { residentId: _, mobile: __, ...rest } = input
    expect(nextProfile(rest, undefined, today).open.missing).toEqual(['residentId', 'mobile'])
  })
  it('keeps what is left out and clears what is null', () => {
    const held = nextProfile(
      { ...input, unionNumber: 'GH-0001', education: 'college', certificates: [{ trade: 'cook', level: 'level-4' }] },
      undefined,
      today,
    )
    const left = nextProfile({ realName: '张三', region: '460200', employmentKind: 'other' }, held, today)
    expect(left.clear).toEqual(held.clear)
    expect(left.open).toMatchObject({ bornOn: '1990-01-01', education: 'college', region: '460200', missing: [] })
    const cleared = nextProfile({ ...input, unionNumber: null, education: null, certificates: [] }, held, today)
    expect([cleared.clear.unionNumber, cleared.open.education, cleared.open.certificates]).toEqual([null, null, []])
  })
  it('knows a trade by its name or code and keeps the code, which entry conditions compare; refuses what is no trade', () => {
    const held = [
      { trade: '中式烹调师', level: 'level-4' as const },
      { trade: ' low-voltage-electrician', level: null },
    ]
    const { certificates } = nextProfile({ ...input, certificates: held }, undefined, today).open
    expect(certificates).toEqual([
      { trade: 'cook', level: 'level-4' },
      { trade: 'low-voltage-electrician', level: null },
    ])
    expect(unmet({ kind: 'certificate', trade: 'cook', level: 'level-4' }, { ...facts, certificates }, today)).toBeUndefined()
    const codes = ['', '电工作业', '我的证书', '__proto__'].map((trade) =>
      refusedCodes({ ...input, certificates: [{ trade, level: null }] }),
    )
    expect(codes).toEqual(Array.from({ length: 4 }, () => [['#/certificates/0/trade', 'trade-unknown']]))
  })
  it('refuses every wrong field at once, and repeats no value', () => {
    const bad = {
      ...input,
      realName: '<b>张三</b>',
      residentId: '110105491231002',
      mobile: '0898-65001234',
      certificates: [{ trade: `证 ${id}`, level: null }],
    }
    let refusal: Refusal | undefined
    try {
      nextProfile(bad, undefined, today)
    } catch (error) {
      refusal = error as Refusal
    }
    expect(refusal?.code).toBe('validation-failed')
    expect(refusal?.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['#/realName', 'characters'],
      ['#/residentId', 'id-15-digits'],
      ['#/mobile', 'phone-format'],
      ['#/certificates/0/trade', 'trade-unknown'],
    ])
    const said = JSON.stringify([refusal?.members, refusal?.errors, refusal?.message])
    for (const value of ['<b>', '110105491231002', '65001234', id]) expect(said).not.toContain(value)
  })
})

describe('the facts for a claim', () => {
  it('are all missing without a profile', () => {
    expect(claimFacts(undefined)).toEqual({
      missing: ['realName', 'residentId', 'mobile', 'region', 'employmentKind'],
      bornOn: null,
      region: null,
      employmentKind: null,
      education: null,
      certificates: [],
      maskedName: '',
    })
  })
})
