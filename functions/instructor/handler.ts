import * as routes from '@skills/contract/instructors.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { askInstructor, listAssignments, withdrawAssignment } from './ask-instructor.ts'
import { findInstructors } from './find-instructors.ts'
import { importBusyHours } from './import-busy-hours.ts'
import { answerAssignments, listMyAssignments } from './my-assignments.ts'
import { getMyInstructor, saveMyInstructor } from './own-instructor.ts'
import { proposalsStory } from './propose-instructors.ts'
import { claimQualification, decideQualification, dropQualification, listQualifications } from './qualifications.ts'
import { reportIllness } from './report-illness.ts'
import { saveAvailability } from './save-availability.ts'
import { closeTeachingCalendar, getTeachingCalendar, openTeachingCalendar } from './teaching-calendar.ts'

const world = realWorld()
const config = readConfig()
const calendars = { publicUrl: config.publicUrl, secretKey: config.cursorSecret }

export const handler = api({ config, now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.getMyInstructor, (call) => getMyInstructor(world, call)),
  on(routes.saveMyInstructor, (call) => saveMyInstructor(world, call)),
  on(routes.claimQualification, (call) => claimQualification(world, call)),
  on(routes.dropQualification, (call) => dropQualification(world, call)),
  on(routes.saveAvailability, (call) => saveAvailability(world, call)),
  on(routes.importBusyHours, (call) => importBusyHours(world, call)),
  on(routes.openTeachingCalendar, (call) => openTeachingCalendar(world, calendars, call)),
  on(routes.closeTeachingCalendar, (call) => closeTeachingCalendar(world, call)),
  on(routes.getTeachingCalendar, (call) => getTeachingCalendar(world, calendars, call)),
  on(routes.listQualifications, (call) => listQualifications(world, call)),
  on(routes.decideQualification, (call) => decideQualification(world, call)),
  on(routes.findInstructors, (call) => findInstructors(world, call)),
  on(routes.listAssignments, (call) => listAssignments(world, call)),
  on(routes.askInstructor, (call) => askInstructor(world, call)),
  on(routes.withdrawAssignment, (call) => withdrawAssignment(world, call)),
  on(routes.proposeInstructors, proposalsStory(world)),
  on(routes.reportIllness, (call) => reportIllness(world, call)),
  on(routes.listMyAssignments, (call) => listMyAssignments(world, call)),
  on(routes.answerAssignments, (call) => answerAssignments(world, call)),
])
