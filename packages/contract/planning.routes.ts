import * as z from 'zod/mini'
import { idOf } from './ids.ts'
import { PageQuery, pageOf } from './page.ts'
import { CourseLine } from './planning.ts'
import { route } from './route.ts'

const ofProvider = z.strictObject({ providerId: idOf('provider') })
const looks = {
  tag: 'planning',
  function: 'planning',
  who: { anyOf: ['provider:manager', 'provider:registrar', 'platform:operator'] },
} as const

export const listProviderCourses = route({
  name: 'listProviderCourses',
  summary: { zh: '机构的课程和期次', en: 'The courses of a provider, with their runs' },
  ...looks,
  params: ofProvider,
  query: z.strictObject(PageQuery),
  answer: { status: 200, body: pageOf(CourseLine) },
  refusals: ['invalid-cursor'],
})
