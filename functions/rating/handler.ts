import * as routes from '@skills/contract/ratings.routes.ts'
import { membershipsOf } from '@skills/core/people/membership.table.ts'
import { realWorld } from '@skills/core/world.ts'
import { api } from '@skills/http/api.ts'
import { on } from '@skills/http/call.ts'
import { readConfig } from '@skills/http/config.ts'
import { answerRating, correctAnswer } from './answer-rating.ts'
import { foldRating } from './fold-rating.ts'
import { listAllRatings, listProviderRatings, listRatings } from './list-ratings.ts'
import { getMyRating } from './my-rating.ts'
import { changeRating, rateRun } from './rate-run.ts'

const world = realWorld()

export const handler = api({ config: readConfig(), now: world.now, membershipsOf: (personId) => membershipsOf(world, personId) }, [
  on(routes.listRatings, (call) => listRatings(world, call)),
  on(routes.getMyRating, (call) => getMyRating(world, call)),
  on(routes.rateRun, (call) => rateRun(world, call)),
  on(routes.changeRating, (call) => changeRating(world, call)),
  on(routes.listProviderRatings, (call) => listProviderRatings(world, call)),
  on(routes.answerRating, (call) => answerRating(world, call)),
  on(routes.correctAnswer, (call) => correctAnswer(world, call)),
  on(routes.listAllRatings, (call) => listAllRatings(world, call)),
  on(routes.foldRating, (call) => foldRating(world, call)),
])
