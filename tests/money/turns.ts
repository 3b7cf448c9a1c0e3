import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { PaymentProvider } from '@skills/core/order/payment-provider.ts'
import type { Table } from '@skills/core/table.ts'
import type fc from 'fast-check'
import type { TestWorld } from '../test-world.ts'

/** Lets each request wait for its turn, which fast-check decides: one request is on its way at a time, so that a seed names an order. */
function turns(scheduler: fc.Scheduler) {
  return async <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    let finish = () => {}
    const finished = new Promise<void>((done) => (finish = done))
    await scheduler.schedule(Promise.resolve(), name, undefined, async (go) => {
      await go()
      await finished
      // What follows from the answer stands in line before the next turn is given.
      for (let rest = 0; rest < 4; rest += 1) await new Promise((next) => setImmediate(next))
    })
    return ask().finally(finish)
  }
}

type Sent = Parameters<Table['client']['send']>[0]

/** A world whose every request to the table waits for its turn. */
export function worldInTurns(of: TestWorld, scheduler: fc.Scheduler, who: string): TestWorld {
  const inTurn = turns(scheduler)
  const send = (request: Sent) => inTurn(`${who}: ${request.constructor.name}`, () => of.table.client.send(request) as Promise<unknown>)
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}

/** A payment provider whose every call waits for its turn. */
export function providerInTurns(of: PaymentProvider, scheduler: fc.Scheduler, who: string): PaymentProvider {
  const inTurn = turns(scheduler)
  return new Proxy(of, {
    get: (target, name: keyof PaymentProvider) =>
      name === 'undelivered'
        ? target[name].bind(target)
        : (...asked: never[]) =>
            inTurn(`${who}: ${name}`, () => (target[name] as (...all: never[]) => Promise<unknown>).call(target, ...asked)),
  })
}

/** CONTROL: the world without the conditions on some items of its transactions; everything else stays as it is. */
export function withoutConditions(of: TestWorld, on: (pk: string, sk: string) => boolean): TestWorld {
  const send = (request: Sent) => {
    if (request instanceof TransactWriteCommand) {
      for (const { Put, Update } of request.input.TransactItems ?? []) {
        const { pk, sk } = (Put?.Item ?? Update?.Key ?? {}) as { pk?: string; sk?: string }
        const write = Put ?? Update
        if (write === undefined || pk === undefined || sk === undefined || !on(pk, sk)) continue
        delete write.ConditionExpression
        const text = Update?.UpdateExpression ?? ''
        for (const part of ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const) {
          const used = Object.entries(write[part] ?? {}).filter(([name]) => new RegExp(`${name}\\b`).test(text))
          if (used.length === 0) delete write[part]
          else write[part] = Object.fromEntries(used)
        }
      }
    }
    return of.table.client.send(request)
  }
  return { ...of, table: { name: of.table.name, client: { send } as unknown as Table['client'] } }
}
