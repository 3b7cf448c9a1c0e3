import * as routes from '@skills/contract/planning.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { createCourse, saveCourse } from './course-editor.ts'
import { createRun } from './create-run.ts'
import { getRunPlan } from './get-run-plan.ts'
import { listProviderCourses } from './list-courses.ts'
import { listProviderVenues } from './list-venues.ts'
import { mergeRun } from './merge-run.ts'
import { planMeetings } from './plan-meetings.ts'
import { postponeRun, previewPostponement } from './postpone-run.ts'
import { saveRunPlan } from './save-run-plan.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.listProviderCourses, (call) => listProviderCourses(world, call)),
  on(routes.createCourse, (call) => createCourse(world, call)),
  on(routes.saveCourse, (call) => saveCourse(world, call)),
  on(routes.listProviderVenues, (call) => listProviderVenues(world, call)),
  on(routes.planMeetings, (call) => planMeetings(world, call)),
  on(routes.createRun, (call) => createRun(world, call)),
  on(routes.getRunPlan, (call) => getRunPlan(world, call)),
  on(routes.saveRunPlan, (call) => saveRunPlan(world, call)),
  on(routes.previewPostponement, (call) => previewPostponement(world, call)),
  on(routes.mergeRun, (call) => mergeRun(world, call)),
  on(routes.postponeRun, (call) => postponeRun(world, call)),
])
