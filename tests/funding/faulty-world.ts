import { openTable } from '@skills/core/table.ts'
import { localAccess } from '../test-table.ts'
import { seeded, testWorld, type TestWorld } from '../test-world.ts'

/**
 * The same table through a client whose transactions go wrong so often of a hundred: a conflict, a throttle, a reply lost before or after the write. Nothing is mocked:
 * what is sent reaches the engine.
 */
export function faultyWorld(world: TestWorld, endpoint: string, percent: number, seed = percent): TestWorld {
  const table = openTable(world.table.name, { endpoint, maxAttempts: 1, ...localAccess })
  const random = seeded(seed)
  const cancelled = (Code: string) =>
    Object.assign(new Error(), {
      name: 'TransactionCanceledException',
      $fault: 'client',
      CancellationReasons: [{ Code: 'None' }, { Code }],
    })
  table.client.middlewareStack.add(
    (proceed, context) => async (args) => {
      if (!String(context['commandName']).startsWith('TransactWrite') || random() * 100 >= percent) return proceed(args)
      const kind = Math.floor(random() * 4)
      if (kind === 0) throw cancelled('TransactionConflict')
      if (kind === 1) throw cancelled('ThrottlingError')
      if (kind === 2)
        throw Object.assign(new Error(), { name: 'InternalServerError', $fault: 'server', $metadata: { httpStatusCode: 500 } })
      await proceed(args)
      throw Object.assign(new Error(), { name: 'TimeoutError', $metadata: {} })
    },
    { step: 'initialize', name: 'faults' },
  )
  return { ...testWorld(table, world.now(), seed + 1), id: world.id }
}
