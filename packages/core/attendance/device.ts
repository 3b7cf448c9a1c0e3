import type { DeviceKey } from '@skills/contract/device-texts.ts'
import { plusMinutes } from '@skills/contract/time.ts'
import type { History } from '../audit.ts'

/** The devices of a person, the oldest first; the last one is hers now, the others say whose late proofs are. */
export interface Devices extends History {
  personId: string
  entity: string
  devices: { id: string; key: DeviceKey; since: string }[]
}

/** So many devices within so many days are a phone that broke and one that was lost; more are people who lend theirs. */
export const mostDevices = 3
const deviceDays = 30

/** The device that is a person's now. */
export function deviceNow(devices: Pick<Devices, 'devices'> | undefined): Devices['devices'][number] | undefined {
  return devices?.devices.at(-1)
}

/** From when on a person may register another device, where she registered too many; undefined where she may now. */
export function nextDeviceAt({ devices }: Pick<Devices, 'devices'>, now: string): string | undefined {
  const oldest = devices.filter(({ since }) => since > plusMinutes(now, -deviceDays * 24 * 60)).at(-mostDevices)
  return oldest === undefined ? undefined : plusMinutes(oldest.since, deviceDays * 24 * 60)
}
