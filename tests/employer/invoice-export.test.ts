import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { keys } from '@skills/core/keys.ts'
import type { InvoiceItem } from '@skills/core/order/invoice.ts'
import { fileLimits } from '@skills/core/csv.ts'
import { exportInvoices } from '@skills/functions/orders/invoices.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTable } from '../test-table.ts'
import { testWorld, type TestWorld } from '../test-world.ts'

let engine: Awaited<ReturnType<typeof startTable>>
let world: TestWorld
let providerId: string
const lines = 2_020

/** A provider's request, with a number or without. */
function request(number: string | null): InvoiceItem {
  const id = world.id('invoice')
  return {
    invoice: {
      ...{ id, orderId: world.id('order'), payer: 'person', title: '测试员', taxNumber: null, item: '培训费', fen: 100, kind: 'blue' },
      ...{ of: null, requestedAt: world.now(), keepUntil: '2031-12-01', number },
    },
    ...{ sponsorId: null, version: 1, auditHash: '' },
  }
}

beforeAll(async () => {
  engine = await startTable('invoice-export')
  world = testWorld(engine.table)
  providerId = world.id('provider')
  // The oldest alone has no number yet, and very many younger ones stand before it.
  const items = [request(null)]
  world.moveTo('2026-12-01T03:00:00.000Z')
  for (let place = 1; place < lines; place += 1) items.push(request(`2544200000${String(place).padStart(10, '0')}`))
  for (let place = 0; place < items.length; place += 25) {
    const puts = items
      .slice(place, place + 25)
      .map((item) => ({ PutRequest: { Item: { ...keys.invoice.key(providerId, item.invoice.id), ...item } } }))
    await engine.table.client.send(new BatchWriteCommand({ RequestItems: { [engine.table.name]: puts } }))
  }
})
afterAll(() => engine.stop())

const take = async (show: 'open' | 'issued', looked: number, after?: string) => {
  const actor = {
    personId: 'per_70000000000000000000000003',
    memberships: [{ organizationId: providerId, roles: ['provider:manager' as const] }],
  }
  const call = { actor, params: { providerId }, query: { show }, page: { after }, language: 'zh' as const }
  const { text, next } = await exportInvoices(world, call, { ...fileLimits, looked })
  return { rows: String(text).split('"个人"').length - 1, next: next ?? undefined }
}

it('looks through so many lines for one file and no further; the next file goes on from there', async () => {
  const first = await take('open', 2_000)
  expect(first).toMatchObject({ rows: 0 })
  expect(first.next).toBeDefined()
  expect(await take('open', 2_000, first.next)).toEqual({ rows: 1, next: undefined })
})

it('and counts no line twice: what is wanted whole fills its file', async () => {
  const { rows, next } = await take('issued', 2_000)
  expect(rows).toBe(2_000)
  expect((await take('issued', 2_000, next)).rows).toBe(lines - 1 - 2_000)
})
