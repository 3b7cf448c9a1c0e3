import type { AttendanceLine, MyAttendance } from '@skills/contract/attendance.ts'
import type { LateCode } from '@skills/contract/attendance.routes.ts'
import type { Meeting } from '@skills/contract/catalog.ts'
import type { Text } from '@skills/contract/text.ts'
import { createStore, get, set, update } from 'idb-keyval'

/** What this device keeps for attendance, in its own database: its key, what it last knew, what it has not sent yet. Nothing here is a name or a number of a person in full. */
const store = createStore('skills-attendance', 'kept')

/** What the signed-in person was last told: her runs, whose they are, and the difference between our clock and this device's, in ms. */
export interface KnownMine {
  personId: string
  deviceId: string | null
  clockOff: number
  items: MyAttendance[]
}

/** A meeting as a scanner knew it when it last had a network. */
export interface KnownMeeting {
  title: Text
  runName: Text
  meeting: Meeting
  lines: Pick<AttendanceLine, 'enrollmentId' | 'maskedName'>[]
}

/** A pass that was scanned and not sent yet; what was refused says why. */
export interface KeptScan {
  pass: string
  kind: 'in' | 'out'
  scannedAt: string
  outcome: 'waits' | 'taken' | 'known' | 'refused'
  code: string | null
  maskedName: string | null
}

export type KeptCode = LateCode & { personId: string; refused: string | null }

export const keyPair = () => get<CryptoKeyPair>('key', store)
export const keepKeyPair = (pair: CryptoKeyPair) => set('key', pair, store)

export const knownMine = () => get<KnownMine>('mine', store)
export const keepMine = (mine: KnownMine) => set('mine', mine, store)

export const lateCodes = async () => (await get<KeptCode[]>('late', store)) ?? []
export const changeLateCodes = (change: (codes: KeptCode[]) => KeptCode[]) =>
  update<KeptCode[]>('late', (codes) => change(codes ?? []), store)

export const knownMeeting = (meetingId: string) => get<KnownMeeting>(`meeting ${meetingId}`, store)
export const keepMeeting = (meetingId: string, known: KnownMeeting) => set(`meeting ${meetingId}`, known, store)

export const keptScans = async (meetingId: string) => (await get<KeptScan[]>(`scans ${meetingId}`, store)) ?? []
export const changeScans = (meetingId: string, change: (scans: KeptScan[]) => KeptScan[]) =>
  update<KeptScan[]>(`scans ${meetingId}`, (scans) => change(scans ?? []), store)

/** Keeps this page and what it is drawn with, so that it opens in airplane mode also where it was opened only once (`sw.js` serves it). */
export async function keepPage(): Promise<void> {
  if (!('caches' in window) || !('serviceWorker' in navigator)) return
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => /^\/(_astro|boot\.js|favicon\.svg|manifest)/.test(new URL(name).pathname) && new URL(name).origin === location.origin)
  const cache = await caches.open('pages-1')
  await Promise.all([location.pathname, ...new Set(files)].map((file) => cache.add(file).catch(() => undefined)))
}
