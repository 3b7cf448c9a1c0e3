import { describe, expect, it } from 'vitest'
import { heldOf } from './payout-line.ts'
import { attendedRule, givenRule } from './payout-rule.ts'

const attended = (minutes: number, outOfMinutes = 1000) => ({ outcome: 'incomplete' as const, minutes, outOfMinutes })

describe("a sponsor's money", () => {
  it('is earned in full from the share of attendance that the rule names, and in proportion below it', () => {
    const held = (minutes: number) => heldOf(10_000, attendedRule, 'given', attended(minutes))
    expect(held(1000).fen).toBe(0)
    expect(held(800).fen).toBe(0)
    expect(held(799)).toEqual({ fen: 2010, reason: 'attendance-short' })
    expect(held(250)).toEqual({ fen: 7500, reason: 'attendance-short' })
    expect(held(249)).toEqual({ fen: 10_000, reason: 'not-attended' })
    expect(held(0)).toEqual({ fen: 10_000, reason: 'not-attended' })
  })
  it('is held back where nobody knows who attended', () => {
    expect(heldOf(10_000, attendedRule, 'given', undefined)).toEqual({ fen: 10_000, reason: 'evidence-missing' })
    const notTaken = { outcome: 'not-taken' as const, minutes: 0, outOfMinutes: 1000 }
    expect(heldOf(10_000, attendedRule, 'given', notTaken)).toEqual({ fen: 10_000, reason: 'evidence-missing' })
  })
  it('has bands that another sponsor may set: a quarter below the least, as French funds pay', () => {
    const rule = { ...attendedRule, belowPercent: 25 }
    expect(heldOf(10_000, rule, 'given', attended(100))).toEqual({ fen: 7500, reason: 'not-attended' })
  })
})

describe('money of learners and employers', () => {
  it('is earned once the run was given, whoever came', () => {
    expect(heldOf(10_000, givenRule, 'given', undefined).fen).toBe(0)
    expect(heldOf(10_000, givenRule, 'given', attended(0)).fen).toBe(0)
  })
  it('is nobody’s before that, and goes back where the run was cancelled', () => {
    expect(heldOf(10_000, givenRule, 'to-come', attended(1000))).toEqual({ fen: 10_000, reason: 'run-not-given' })
    expect(heldOf(10_000, attendedRule, 'to-come', attended(1000))).toEqual({ fen: 10_000, reason: 'run-not-given' })
    expect(heldOf(10_000, givenRule, 'cancelled', undefined)).toEqual({ fen: 10_000, reason: 'run-cancelled' })
  })
})
