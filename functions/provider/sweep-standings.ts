import { atOnce } from '@skills/core/at-once.ts'
import { tradeOf } from '@skills/core/catalog/taxonomy.ts'
import { readDue } from '@skills/core/due.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { keys } from '@skills/core/keys.ts'
import { lookAtStanding, tellRule } from '@skills/core/provider/look-at-standing.ts'
import { readRuleText, ruleSteps } from '@skills/core/provider/rule-text.table.ts'
import { readRange } from '@skills/core/table.ts'
import { transact } from '@skills/core/transact.ts'
import { realWorld, type World } from '@skills/core/world.ts'
import { errorFields, log } from '@skills/http/log.ts'

const most = 400
const atOnceMost = 8
const by = 'system:sweep-standings'
const tradeName = (code: string) => tradeOf(code)?.name ?? { zh: code, en: code }

export interface Swept {
  due: number
  told: number
}

/** Tells providers what ends and which rules change, and keeps registration closed where nothing may be offered. What fails holds up nothing else and is due again. */
export async function sweepStandings(world: World): Promise<Swept> {
  const now = world.now()
  const [standings, rules] = await Promise.all([readDue(world.table, 'standing', now, most), readDue(world.table, 'ruleText', now, 8)])
  const looked = await atOnce(standings, atOnceMost, ({ pk }) => lookAtStanding(world, pk.slice('PROVIDER#'.length), by, tradeName))
  const announced = await atOnce(rules, 1, ({ sk }) => tellAll(world, sk.slice('RULE#'.length)))
  const failed = [...looked.failed, ...announced.failed]
  for (const { error } of failed)
    log({ at: world.now(), level: 'error', function: 'sweep-standings', event: 'not-looked-at', ...errorFields(error) })
  if (failed.length > 0) throw new Error(`not looked at: ${failed.length}`)
  const told = [...looked.answers, ...announced.answers].reduce((sum, one) => sum + one, 0)
  return { due: standings.length + rules.length, told }
}

/** Tells every approved provider of a rule, then says that all were told; begun anew, it tells only who was not. */
async function tellAll(world: World, ruleTextId: string): Promise<number> {
  const item = await readRuleText(world.table, ruleTextId)
  if (item === undefined || item.toldAll) return 0
  const providers = await readRange(world.table, { pk: keys.approvedProvider.key('').pk })
  const { answers, failed } = await atOnce(providers, atOnceMost, (line) =>
    tellRule(world, line['providerId'] as string, item.ruleText, by),
  )
  if (failed[0] !== undefined) throw failed[0].error
  await untilDone(world, undefined, async () => {
    const before = await readRuleText(world.table, ruleTextId)
    if (before === undefined || before.toldAll) return { answer: true, replayed: false }
    const change = { before, ruleText: before.ruleText, toldAll: true, action: 'told all', by }
    return transact(world, undefined, ruleSteps(world, undefined, change), true)
  })
  return answers.filter(Boolean).length
}

let world: World | undefined

export async function handler(): Promise<Swept> {
  return sweepStandings((world ??= realWorld()))
}
