import type { ScreenCode } from '@skills/contract/attendance-code.ts'
import { lateText } from '@skills/contract/device-texts.ts'
import { attempt, callAsMe } from '../identity/my-api.ts'
import { thisDevice } from './device-key.ts'
import { changeLateCodes, lateCodes } from './on-device.ts'

/** Signs a code that was scanned without a network and keeps it. */
export async function keepLate(personId: string, code: ScreenCode, at: string): Promise<void> {
  const { id, sign } = await thisDevice()
  const signature = await sign(lateText(code, at))
  await changeLateCodes((codes) =>
    codes.some((one) => one.window === code.window && one.kind === code.kind && one.meetingId === code.meetingId)
      ? codes
      : [...codes, { ...code, at, deviceId: id, signature, personId, refused: null }],
  )
}

/**
 * Sends what waits, up to twenty at a time; what was taken or known leaves this device, what was refused stays with its reason until it is seen. Out: how many were taken, and
 * the codes of refusals. Throws where nothing answered.
 */
export async function sendLate(personId: string): Promise<{ taken: number; refused: string[] }> {
  const waiting = (await lateCodes()).filter((one) => one.personId === personId && one.refused === null).slice(0, 20)
  if (waiting.length === 0) return { taken: 0, refused: [] }
  const codes = waiting.map(({ personId: _, refused: __, ...code }) => code)
  const name = `late.${codes.map(({ window, kind }) => `${window}${kind}`).join('.')}`
  const answer = await attempt(name, (key) => callAsMe('sendLateCodes', { body: { codes }, key }))
  if (!answer.ok) throw new Error(answer.problem.code)
  const { results } = answer.value
  await changeLateCodes((kept) =>
    kept.flatMap((one) => {
      const place = waiting.findIndex(({ signature }) => signature === one.signature)
      const result = results[place]
      return result === undefined ? [one] : result.outcome === 'refused' ? [{ ...one, refused: result.code ?? 'forbidden' }] : []
    }),
  )
  return {
    taken: results.filter(({ outcome }) => outcome !== 'refused').length,
    refused: results.flatMap(({ outcome, code }) => (outcome === 'refused' && code !== null ? [code] : [])),
  }
}
