import { moveDate } from '@skills/local/move-date.ts'
import type { House, Visitor } from './house.ts'

/** A clock of a whole house that can be moved on, and put back when its story is told. */
export interface Time {
  /** By so many milliseconds the house is ahead of the machine. */
  ahead(): number
  /** Moves functions, issuer, doubles and the visitors to an instant; their pages live there once they are loaded anew. */
  moveTo(instant: string): Promise<void>
  /** A visitor who lives in this time from now on. */
  visit(...wishes: Parameters<House['visit']>): Promise<Visitor>
  back(): void
}

/** Weeks pass in a moment: functions are started anew with their clock ahead, this process and the pages of its visitors have their `Date` moved. The database has no clock of ours. */
export function timeOf(house: House): Time {
  const ways: (() => void)[] = []
  const visitors = new Set<Visitor>()
  let ahead = 0
  const tellFunctions = () => {
    for (const fn of house.below().cloud.functions.all) {
      fn.config.env['CLOCK_AHEAD_MS'] = String(ahead)
      fn.swap(fn.config.folder)
    }
  }
  return {
    ahead: () => ahead,
    async moveTo(instant) {
      const by = Date.parse(instant) - Date.now()
      if (by <= 0) throw new Error(`it is later than ${instant} already`)
      await house.drain()
      ways.push(moveDate(by))
      ahead += by
      tellFunctions()
      for (const { context } of visitors) await context.addInitScript(moveDate, by)
    },
    async visit(...wishes) {
      const visitor = await house.visit(...wishes)
      await visitor.context.addInitScript(moveDate, ahead)
      visitors.add(visitor)
      const { leave } = visitor
      return {
        ...visitor,
        leave() {
          visitors.delete(visitor)
          return leave()
        },
      }
    },
    back() {
      for (const way of ways.splice(0).reverse()) way()
      ahead = 0
      tellFunctions()
    },
  }
}
