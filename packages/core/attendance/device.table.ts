import { auditStep } from '../audit.ts'
import { keys } from '../keys.ts'
import { readItem, type Table } from '../table.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'
import type { Devices } from './device.ts'

/** The devices of a person, or undefined where she registered none. */
export async function readDevices(table: Table, personId: string): Promise<Devices | undefined> {
  return (await readItem(table, keys.devices.key(personId))) as unknown as Devices | undefined
}

/** Whose a device is, or undefined where nobody registered it. */
export async function ownerOfDevice(table: Table, deviceId: string): Promise<string | undefined> {
  return (await readItem(table, keys.device.key(deviceId)))?.['personId'] as string | undefined
}

/** The steps that make a device a person's own, for ever. Fails by the names `devices` (she registered another meanwhile) and `device` (it is somebody else's). */
export function deviceSteps(
  world: World,
  personId: string,
  before: Devices | undefined,
  device: Devices['devices'][number],
  commandId: string,
): Step[] {
  const entity = `${personId}.devices`
  const audit = auditStep({ entity, action: 'register-device', by: personId, at: world.now(), commandId }, before)
  const devices = [...(before?.devices ?? []).filter(({ id }) => id !== device.id), device]
  return [
    {
      name: 'devices',
      put: {
        item: { ...keys.devices.key(personId), personId, entity, devices, ...audit.history },
        ...(before === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: 'version = :before', values: { ':before': before.version } }),
      },
    },
    {
      name: 'device',
      put: {
        item: { ...keys.device.key(device.id), personId, since: device.since },
        condition: 'attribute_not_exists(pk) OR personId = :person',
        values: { ':person': personId },
      },
    },
    audit.step,
  ]
}
