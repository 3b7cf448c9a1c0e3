import {
  getImportTemplate as templateRoute,
  getSeats as seatsRoute,
  stepCourse as stepCourseRoute,
  stepRun as stepRunRoute,
} from '@skills/contract/catalog.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { seatsStory } from './get-seats.ts'
import { stepCourse } from './step-course.ts'
import { stepRun } from './step-run.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(seatsRoute, seatsStory(world)),
  on(
    stepRunRoute,
    (call) => stepRun(world, call),
    ({ body }) => body.to === 'cancelled',
  ),
  on(stepCourseRoute, (call) => stepCourse(world, call)),
  on(templateRoute, async () => (await import('./get-import-template.ts')).getImportTemplate()),
])
