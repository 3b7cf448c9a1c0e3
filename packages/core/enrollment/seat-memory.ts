import { readRunFunding, type RunFunding } from '../funding/run-funding.table.ts'
import { readOffer } from '../catalog/offer.table.ts'
import type { Offer } from '../catalog/offer.ts'
import type { RunItem } from '../catalog/run-item.ts'
import type { World } from '../world.ts'
import { shardNames } from './seats.ts'
import { readClaimants, readHeads } from './seats.table.ts'

/** How long a function instance believes what it saw, in milliseconds. The transaction decides; this only saves asking in vain. */
const runLives = 2_000
const soldOutLives = 1_000
const emptyPotLives = 1_000

interface Seen<T> {
  value: Promise<T>
  until: number
}

/**
 * What one function instance remembers for a second or two: runs, which shards had seats, and which runs are sold out with
 * everybody who ever took a seat there, so that losers of a rush are answered without a read, and a winner who asks again is not
 * told a lie. Bounded: forgets all when it holds more than 2,000 runs.
 */
export function seatMemory(world: World) {
  const runs = new Map<string, Seen<Offer | undefined>>()
  const shards = new Map<string, string[]>()
  const funding = new Map<string, Seen<RunFunding[]>>()
  /** Parts of allocations that were found empty, by `program run`, and until when that is believed. */
  const emptyPots = new Map<string, { parts: Set<string>; until: number }>()
  const soldOut = new Map<string, Seen<Set<string>>>()
  /** Who ever had a seat, and up to when the ledger was read: it is read whole once, then only its new lines. */
  const claimants = new Map<string, { people: Set<string>; readAt: string }>()

  const once = <T>(map: Map<string, Seen<T>>, id: string, lives: number, read: () => Promise<T>): Promise<T> => {
    const seen = map.get(id)
    if (seen !== undefined && seen.until > world.tick()) return seen.value
    if (map.size > 2_000) map.clear()
    const value = read()
    map.set(id, { value, until: world.tick() + lives })
    value.catch(() => map.delete(id))
    return value
  }

  async function everybodyWithASeat({ run, shards: count }: RunItem): Promise<Set<string>> {
    const before = claimants.get(run.id)
    const readAt = world.now()
    const fresh = await readClaimants(world.table, run.id, count, before?.readAt)
    const people = before === undefined ? fresh : before.people
    if (before !== undefined) for (const person of fresh) people.add(person)
    if (claimants.size > 200) claimants.clear()
    claimants.set(run.id, { people, readAt })
    return people
  }

  return {
    /** The run, at most two seconds old. The claim's transaction checks its version. */
    run: (runId: string) => once(runs, runId, runLives, () => readOffer(world.table, runId)),

    forgetRun: (runId: string) => void (runs.delete(runId), funding.delete(runId)),

    /** The programs that pay for seats of a run, at most two seconds old. The claim's transaction checks that their pots are open and have the money. */
    funding: (runId: string) => once(funding, runId, runLives, () => readRunFunding(world.table, runId)),

    /** A part of an allocation to take a grant from, by chance among those not known to be empty. Undefined: none is left, as far as is known. */
    potPart(programId: string, runId: string, parts: number): string | undefined {
      const empty = emptyPots.get(`${programId} ${runId}`)
      const open = shardNames(parts).filter((part) => empty === undefined || empty.until <= world.tick() || !empty.parts.has(part))
      return open[world.chance(Math.max(1, open.length))]
    },

    /** A part turned out to be empty or shut. */
    potEmpty(programId: string, runId: string, part: string): void {
      const key = `${programId} ${runId}`
      const known = emptyPots.get(key)
      if (emptyPots.size > 2_000) emptyPots.clear()
      const parts = known === undefined || known.until <= world.tick() ? new Set<string>() : known.parts
      emptyPots.set(key, { parts: parts.add(part), until: world.tick() + emptyPotLives })
    },

    /** Whether this person can be told "sold out" from memory: no seat was free within the last second, and none was ever theirs. */
    async knowsSoldOut(runId: string, personId: string): Promise<boolean> {
      const seen = soldOut.get(runId)
      return seen !== undefined && seen.until > world.tick() && !(await seen.value).has(personId)
    },

    /** A shard to try, by chance among those believed to have seats; reads the heads when none is believed so. Undefined: sold out. */
    async shard(run: RunItem): Promise<string | undefined> {
      const id = run.run.id
      let open = shards.get(id)
      if (open === undefined || open.length === 0) {
        open = (await readHeads(world.table, id, run.shards)).filter((head) => head.free > 0).map((head) => head.shard)
        if (shards.size > 2_000) shards.clear()
        shards.set(id, open)
      }
      return open[world.chance(Math.max(1, open.length))]
    },

    /** Before anything was read of a run: every shard is worth a try. */
    expectSeats(run: RunItem): void {
      if (!shards.has(run.run.id)) shards.set(run.run.id, shardNames(run.shards))
    },

    /** A shard turned out to be empty. */
    shardEmpty(runId: string, shard: string): void {
      const open = shards.get(runId)
      if (open !== undefined)
        shards.set(
          runId,
          open.filter((other) => other !== shard),
        )
    },

    /** No shard has a seat: remembers it, with everybody who ever had one. */
    async rememberSoldOut(run: RunItem): Promise<void> {
      shards.delete(run.run.id)
      await once(soldOut, run.run.id, soldOutLives, () => everybodyWithASeat(run))
    },
  }
}
export type SeatMemory = ReturnType<typeof seatMemory>
