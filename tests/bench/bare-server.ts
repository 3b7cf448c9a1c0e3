import { createServer } from 'node:http'
import type { RunItem } from '@skills/core/catalog/run-item.ts'
import { takeSeat } from '@skills/core/enrollment/take-seat.ts'
import { emptySchedule } from '@skills/core/enrollment/schedule.ts'
import { shardNames } from '@skills/core/enrollment/seats.ts'
import { openTable } from '@skills/core/table.ts'
import { localAccess } from '../test-table.ts'
import { worldOver } from './rush-scene.ts'

/**
 * The yardstick: a bare `node:http` server in a process of its own that makes the very same transaction through the same SDK, and
 * remembers in memory which shards are empty. No token, no parsing, no reading of the person, no check of the answer.
 */
const { endpoint, table: name, run } = JSON.parse(process.argv[2] ?? '{}') as { endpoint: string; table: string; run: RunItem }
const world = worldOver(openTable(name, { endpoint, ...localAccess }))
const open = new Set(shardNames(run.shards))

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    void answer(String(request.headers['x-person'])).then((status) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(status === 201 ? '{}' : '{"code":"sold-out"}'),
    )
  })
})

async function answer(personId: string): Promise<number> {
  for (;;) {
    const shards = [...open]
    const shard = shards[world.chance(Math.max(1, shards.length))]
    if (shard === undefined) return 409
    const command = { id: `bare-${personId}`, fingerprint: 'bare', route: 'claimSeat' as const }
    const outcome = await takeSeat(world, command, {
      personId,
      maskedName: '测*',
      run,
      shard,
      schedule: emptySchedule,
      healthCommitment: false,
    })
    if ('answer' in outcome) return 201
    open.delete(shard)
  }
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : '')
})
process.on('disconnect', () => process.exit())
