import type { Actor, Command } from '@skills/contract/actor.ts'
import { deviceIdOf, registerText, signedBy, type DeviceKey } from '@skills/contract/device-texts.ts'
import { Refusal } from '@skills/contract/refusals.ts'
import { deviceNow, mostDevices, nextDeviceAt, type Devices } from '@skills/core/attendance/device.ts'
import { deviceSteps, ownerOfDevice, readDevices } from '@skills/core/attendance/device.table.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { transact } from '@skills/core/transact.ts'
import type { World } from '@skills/core/world.ts'

interface Call {
  actor: Actor
  command: Command
  body: { key: DeviceKey; signature: string }
}

/**
 * Makes a device the one that checks its person in, from now on; the one that is it already stays. Refuses `signature-wrong` for a key that the caller has not, `device-of-another`, and
 * `too-many-devices`.
 */
export async function registerDevice(world: World, { actor, command, body }: Call): Promise<{ id: string; since: string }> {
  const id = await deviceIdOf(body.key)
  if (!(await signedBy(body.key, registerText(actor.personId, id), body.signature))) throw new Refusal('signature-wrong')
  return untilDone(world, command, async () => {
    const before = await readDevices(world.table, actor.personId)
    const current = deviceNow(before)
    if (current?.id === id) return { answer: { id, since: current.since }, replayed: true }
    const owner = await ownerOfDevice(world.table, id)
    if (owner !== undefined && owner !== actor.personId) throw new Refusal('device-of-another')
    const until = before === undefined ? undefined : nextDeviceAt(before, world.now())
    if (until !== undefined) throw new Refusal('too-many-devices', { most: mostDevices, until })
    const device = { id, key: body.key, since: world.now() }
    return transact(world, command, deviceSteps(world, actor.personId, before, device, command.id), { id, since: device.since })
  })
}

/** The caller's device of now, which she says she holds. Refuses `device-of-another`, `device-unknown`. */
export async function deviceInHand(world: World, personId: string, deviceId: string): Promise<Devices['devices'][number]> {
  const device = deviceNow(await readDevices(world.table, personId))
  if (device !== undefined && device.id === deviceId) return device
  const owner = await ownerOfDevice(world.table, deviceId)
  throw new Refusal(owner === undefined || owner === personId ? 'device-unknown' : 'device-of-another')
}
