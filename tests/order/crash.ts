import type { Payments } from '@skills/core/order/payment.ts'
import type { PaymentProvider } from '@skills/core/order/payment-provider.ts'
import type { TestWorld } from '../test-world.ts'

/** When a process dies at a call: before it is sent, after its effect but before the answer, or after the answer and before anything else. */
export const moments = ['before', 'unanswered', 'after'] as const
export type Moment = (typeof moments)[number]

/** What the end of a process looks like from inside; nothing that it does afterwards arrives anywhere. */
class Died extends Error {}

export interface Mortal {
  world: TestWorld
  payments: Payments
  /** How many calls of the table and of the payment provider were made. */
  calls(): number
  /** Whether a call can have had an effect. A process that dies after a read dies before the next call. */
  effects(call: number): boolean
}

/** The same world and provider for one process that dies at its call number `at` (from 1), or never. */
export function mortal(world: TestWorld, payments: Payments, at = Infinity, moment: Moment = 'before'): Mortal {
  let calls = 0
  const effects = new Set<number>()
  let dead = false
  const through = async <T>(call: () => Promise<T>, effect: boolean): Promise<T> => {
    if (dead) throw new Died()
    calls += 1
    if (effect) effects.add(calls)
    const last = calls === at
    if (last) dead = true
    if (last && moment === 'before') throw new Died()
    const answer = await call()
    if (last && moment === 'unanswered') throw new Died()
    return answer
  }
  const { client } = world.table
  const send = (command: Parameters<typeof client.send>[0]) =>
    through(() => client.send(command), !/^(Batch)?Get|^Query|^Scan/.test(command.constructor.name))
  const { provider } = payments
  const calling = Object.fromEntries(
    Object.entries(provider).map(([name, method]) => [
      name,
      // Events are read from the request and from a list that is asked for anew: neither has an effect.
      name === 'undelivered' || name === 'readEvent'
        ? method
        : (...given: never[]) =>
            through(() => (method as (...args: never[]) => Promise<unknown>)(...given), /^(open|expire|refund$)/.test(name)),
    ]),
  ) as unknown as PaymentProvider
  const table = {
    name: world.table.name,
    client: new Proxy(client, { get: (of, name) => (name === 'send' ? send : Reflect.get(of, name)) as unknown }),
  }
  return {
    world: { ...world, table },
    payments: { ...payments, provider: calling },
    calls: () => calls,
    effects: (call) => effects.has(call),
  }
}
