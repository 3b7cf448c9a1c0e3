import type { FileItem } from '@skills/core/files/file.ts'
import type { Known } from '@skills/core/provider/application.ts'
import { readFiles } from '@skills/core/files/file.table.ts'
import { readRuleTexts } from '@skills/core/provider/rule-text.table.ts'
import { rulesOn } from '@skills/core/provider/rule-texts.ts'
import type { World } from '@skills/core/world.ts'

/** What an application of a person is judged by now: her files, the rules that hold, the words of the taxonomy. */
export async function knownOf(world: World, personId: string): Promise<Known> {
  const [{ termOf, tradeOf }, files, later] = await Promise.all([
    import('@skills/core/catalog/taxonomy.ts'),
    readFiles(world.table, personId),
    readRuleTexts(world.table),
  ])
  const now = world.now()
  return {
    files: new Map(files.map(({ file }: FileItem) => [file.id, file])),
    rules: rulesOn(later, now).current,
    trade: (code) => tradeOf(code)?.code === code,
    region: (code) => termOf('regions', code)?.code === code,
    now,
  }
}
