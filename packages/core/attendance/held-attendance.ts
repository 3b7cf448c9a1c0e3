import { readRun } from '../catalog/run.table.ts'
import type { World } from '../world.ts'
import { readAttendances } from './attendance.table.ts'
import { readCredit } from './credit.table.ts'
import { readDevices } from './device.table.ts'
import { evidenceView } from './presence-view.ts'

/**
 * All that is held about where a person was: her devices, and of each run the evidence of each meeting and what was credited. Other people who had to do with it stay unnamed. With the
 * names of the audit chains of all of it, for her history.
 */
export async function heldAttendance(world: World, personId: string, runIds: readonly string[]) {
  const devices = await readDevices(world.table, personId)
  const held = await Promise.all([...new Set(runIds)].map((runId) => ofRun(world, personId, runId)))
  return {
    devices: (devices?.devices ?? []).map(({ id, since }) => ({ id, since })),
    runs: held.map(({ run }) => run).filter(({ credit, meetings }) => credit !== null || meetings.length > 0),
    entities: [...(devices === undefined ? [] : [devices.entity]), ...held.flatMap(({ entities }) => entities)],
  }
}

async function ofRun(world: World, personId: string, runId: string) {
  const meetingIds = (await readRun(world.table, runId))?.run.meetings.map(({ id }) => id) ?? []
  const [attendances, credit] = await Promise.all([readAttendances(world.table, meetingIds, personId), readCredit(world, personId, runId)])
  const { outcome, minutes, outOfMinutes, hours, rule, noShowAt } = credit ?? {}
  return {
    run: {
      runId,
      credit: credit === undefined ? null : { outcome, minutes, outOfMinutes, hours, rule, noShowAt },
      meetings: attendances.map(({ meetingId, evidence }) => ({ meetingId, evidence: evidence.map((one) => evidenceView(one, false)) })),
    },
    entities: [...attendances.map(({ entity }) => entity), ...(credit === undefined ? [] : [credit.entity])],
  }
}
