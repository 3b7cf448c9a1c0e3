import type { Actor, Command } from '@skills/contract/actor.ts'
import type { RuleCode, RuleText } from '@skills/contract/applications.ts'
import type { Text } from '@skills/contract/text.ts'
import { untilDone } from '@skills/core/funding/until-done.ts'
import { readRuleTexts, writeRuleText } from '@skills/core/provider/rule-text.table.ts'
import { mustBeAhead, rulesOn } from '@skills/core/provider/rule-texts.ts'
import type { World } from '@skills/core/world.ts'

/** The rules that hold today and those that will, for everybody to read (E-Commerce Law arts. 33 and 34). */
export async function listRules(world: World): Promise<{ current: RuleText[]; announced: RuleText[] }> {
  return rulesOn(await readRuleTexts(world.table), world.now())
}

interface Announce {
  actor: Actor
  command: Command
  body: { code: RuleCode; title: Text; text: Text; from: string }
}

/** An operator makes a new version of a rule public; every provider is told, and asked to accept it from its day on. Refuses `validation-failed` for less than seven days. */
export async function announceRule(world: World, { actor, command, body }: Announce): Promise<RuleText> {
  return untilDone(world, command, async () => {
    mustBeAhead(body.from, world.now())
    const ruleText: RuleText = { id: world.id('ruleText'), ...body, announcedAt: world.now() }
    return writeRuleText(world, command, ruleText, actor.personId)
  })
}
