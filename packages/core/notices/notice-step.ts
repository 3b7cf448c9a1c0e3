import type { Text } from '@skills/contract/text.ts'
import { keys } from '../keys.ts'
import type { Step } from '../transact.ts'
import type { World } from '../world.ts'

/** The step that tells a person something in the change's own transaction, for what concerns no run. No personal data in it: it is read on the site. */
export function noticeStep(world: World, personId: string, told: { title: Text; body: Text; href: string }): Step {
  const id = world.id('notice')
  const item = { ...keys.notice.key(personId, id), personId, notice: { id, at: world.now(), ...told } }
  return { name: 'notice', put: { item, condition: 'attribute_not_exists(pk)' } }
}
