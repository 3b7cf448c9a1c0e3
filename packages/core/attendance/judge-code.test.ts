import { codeAt, lastWindow, readScreenText, screenText, typedCode, windowOf, windowStart } from '@skills/contract/attendance-code.ts'
import { sendLateCodes } from '@skills/contract/attendance.routes.ts'
import { instantOf, plusMinutes } from '@skills/contract/time.ts'
import { expect, test } from 'vitest'
import { checkTimes, doorsOpen, judgeCode, secretOf } from './judge-code.ts'

const runId = 'run_01KAJ3V0M0AAAAAAAAAAAAAAAA'
const meetingId = 'mtg_01KAJ3V0M0AAAAAAAAAAAAAAAA'
const secret = secretOf('a deployment', runId, meetingId)
const at = instantOf('2026-12-16', '18:30')
const plus = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()

test('a code is taken from two seconds before its window to ten seconds after it, whatever kind it is', async () => {
  const code = await codeAt(secret, meetingId, 'out', windowOf(at))
  const told = (seconds: number) =>
    judgeCode(secret, meetingId, code, plus(seconds)).then(
      ({ kind }) => kind,
      (error: unknown) => (error as { code: string }).code,
    )
  expect(await Promise.all([-3, -2, 0, 14, 24, 25, 26, 590].map(told))).toEqual([
    'code-wrong',
    'out',
    'out',
    'out',
    'out',
    'out',
    'code-expired',
    'code-expired',
  ])
})

test('codes of kinds, windows, meetings and deployments differ, and are eight signs that can be typed', async () => {
  const codes = await Promise.all([
    ...(['in', 'mid', 'out'] as const).map((kind) => codeAt(secret, meetingId, kind, 1)),
    codeAt(secret, meetingId, 'in', 2),
    codeAt(secret, runId, 'in', 1),
    codeAt(secretOf('another', runId, meetingId), meetingId, 'in', 1),
  ])
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(typedCode(' abio-l0 12')).toBe('AB101012')
})

test('what a screen says is read back, alone and behind an address; other texts are none', () => {
  const code = { runId, meetingId, kind: 'mid' as const, window: 119_000_000, code: 'A1B2C3D4' }
  expect(readScreenText(screenText(code))).toEqual(code)
  expect(readScreenText(`https://skills.example/en/check-in/#${screenText(code)}`)).toEqual(code)
  for (const text of ['', '#', 'https://skills.example/', screenText(code).slice(1), `${screenText(code)}5`])
    expect(readScreenText(text)).toBeUndefined()
  expect(windowOf(windowStart(code.window))).toBe(code.window)
})

test('a forged text whose time is no instant, or whose ids are none, is no code: it never waits in a phone', () => {
  const forged = (change: object) =>
    readScreenText(screenText({ runId, meetingId, kind: 'in', window: 500_000_000, code: 'A1B2C3D4', ...change }))
  expect(forged({})).toBeDefined()
  for (const change of [{ window: 999_999_999_999 }, { window: 500_000_001 }, { runId: `run_${'U'.repeat(26)}` }])
    expect(forged(change)).toBeUndefined()
  expect(windowStart(lastWindow)).toMatch(/^2207/)
  const sent = {
    runId,
    meetingId,
    kind: 'in',
    window: 999_999_999_999,
    code: 'A1B2C3D4',
    at,
    deviceId: 'x'.repeat(43),
    signature: 'x'.repeat(86),
  }
  const read = (window: number) => sendLateCodes.body.safeParse({ codes: [{ ...sent, window }] }).success
  expect([read(lastWindow), read(lastWindow + 1), read(999_999_999_999)]).toEqual([true, false, false])
})

test('doors: half an hour before for coming, half an hour after for leaving', () => {
  const meeting = { startsAt: at, endsAt: plusMinutes(at, 120) }
  const open = (kind: 'in' | 'mid' | 'out', minutes: number) => {
    try {
      doorsOpen(meeting, kind, plusMinutes(at, minutes))
      return true
    } catch {
      return false
    }
  }
  expect([-31, -30, 120, 121].map((minutes) => open('in', minutes))).toEqual([false, true, true, false])
  expect([-1, 0, 120, 121].map((minutes) => open('mid', minutes))).toEqual([false, true, true, false])
  expect([-1, 0, 150, 151].map((minutes) => open('out', minutes))).toEqual([false, true, true, false])
})

test('checks come once an hour, inside it, at times that only the secret knows', () => {
  const meeting = { startsAt: at, endsAt: plusMinutes(at, 180) }
  const times = Array.from({ length: 50 }, (_, count) => checkTimes(secretOf(`deployment ${count}`, runId, meetingId), meetingId, meeting))
  for (const list of times) {
    expect(list).toHaveLength(3)
    for (const [hour, time] of list.entries()) {
      expect(time >= plusMinutes(at, hour * 60 + 10)).toBe(true)
      expect(time <= plusMinutes(at, hour * 60 + 50)).toBe(true)
    }
  }
  expect(new Set(times.map(([first]) => first)).size).toBeGreaterThan(15)
  expect(checkTimes(secret, meetingId, { startsAt: at, endsAt: plusMinutes(at, 20) })).toHaveLength(1)
})
