import type { Command } from '@skills/contract/actor.ts'
import type { RuleText } from '@skills/contract/applications.ts'
import { auditStep, type History } from '../audit.ts'
import { dueAttributes } from '../due.ts'
import { keys } from '../keys.ts'
import { readItem, readRange, type Table } from '../table.ts'
import { transact, type Outcome, type Step } from '../transact.ts'
import type { World } from '../world.ts'

/** A version of a rule as the table holds it. `toldAll`: every provider there was has been told. */
export interface RuleTextItem extends History {
  ruleText: RuleText
  toldAll: boolean
}

/** The versions that were announced since the platform opened. */
export async function readRuleTexts(table: Table): Promise<RuleText[]> {
  const items = await readRange(table, { pk: keys.ruleText.key('').pk, begins: 'RULE#' })
  return items.map((item) => item['ruleText'] as RuleText)
}

/** One version, or undefined. */
export async function readRuleText(table: Table, id: string): Promise<RuleTextItem | undefined> {
  return (await readItem(table, keys.ruleText.key(id))) as unknown as RuleTextItem | undefined
}

/** Writes a new version; providers are told by the next sweep. */
export async function writeRuleText(world: World, command: Command, ruleText: RuleText, by: string): Promise<Outcome<RuleText>> {
  return transact(
    world,
    command,
    ruleSteps(world, command, { before: undefined, ruleText, toldAll: false, action: 'announce', by }),
    ruleText,
  )
}

interface RuleChange {
  before: RuleTextItem | undefined
  ruleText: RuleText
  toldAll: boolean
  action: string
  by: string
}

/** The steps that write a version of a rule; its text never changes. Step `rule` fails when another change came between. */
export function ruleSteps(world: World, command: Command | undefined, { before, ruleText, toldAll, action, by }: RuleChange): Step[] {
  const audit = auditStep({ entity: ruleText.id, action, by, at: world.now(), commandId: command?.id }, before)
  const due = dueAttributes('ruleText', ruleText.id, toldAll ? undefined : world.now())
  const item = { ...keys.ruleText.key(ruleText.id), ruleText, toldAll, ...audit.history, ...due }
  const is =
    before === undefined
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'version = :before', values: { ':before': before.version } }
  return [{ name: 'rule', put: { item, ...is } }, audit.step]
}
