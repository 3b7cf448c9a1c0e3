/** What one person has in the run: nothing, an unpaid seat, a seat, a place in the queue, or an offer. */
interface Life {
  state: 'none' | 'held' | 'seated' | 'waiting' | 'offered'
  /** Minute at which it got there. */
  since: number
  funded: boolean
  /** A checkout is open; it was paid, and the house may not know yet. */
  open: boolean
  paid: boolean
  /** The price she looked at, and when. */
  quote: { funded: boolean; at: number } | undefined
}

/** The least that says how seats, subsidies and the queue of one run go round. Minutes; people by their number. */
export interface Model {
  now: number
  free: number
  /** Subsidized seats that are left, and whether a subsidy pays all. */
  grants: number
  full: boolean
  queue: number[]
  people: Life[]
}

const holdFor = 45
const checkoutFor = 42
const offerFor = 720
const quoteFor = 15

export const newModel = (people: number, free: number, grants: number, full: boolean): Model => ({
  ...{ now: 0, free, grants, full, queue: [] },
  people: Array.from({ length: people }, () => ({ state: 'none', since: 0, funded: false, open: false, paid: false, quote: undefined })),
})

const become = (model: Model, who: number, state: Life['state']) =>
  Object.assign(model.people[who] as Life, { state, since: model.now, open: false, paid: false, funded: false })

/** A seat that somebody gave up goes to who waits longest, or is free. */
function freed(model: Model): void {
  const next = model.queue.shift()
  if (next === undefined) model.free += 1
  else become(model, next, 'offered')
}

export function look(model: Model, who: number): void {
  const life = model.people[who] as Life
  life.quote = { funded: model.grants > 0, at: model.now }
}

/** A claim at the price that was seen. Gives what is answered: a state, or a refusal. */
export function claim(model: Model, who: number): string {
  const life = model.people[who] as Life
  const quote = life.quote ?? { funded: model.grants > 0, at: model.now }
  if (life.state === 'held' || life.state === 'seated') return 'already-enrolled'
  if (quote.at + quoteFor <= model.now) return 'quote-expired'
  if (life.state !== 'offered' && model.free === 0) return 'sold-out'
  if (quote.funded && model.grants === 0) return 'price-changed'
  if (life.state !== 'offered') model.free -= 1
  if (quote.funded) model.grants -= 1
  become(model, who, quote.funded && model.full ? 'seated' : 'held')
  life.funded = quote.funded
  return life.state
}

/** Opens the checkout: only while it can still live half an hour, or is open. */
export function checkout(model: Model, who: number): string {
  const life = model.people[who] as Life
  const held = model.now - life.since
  if (life.state !== 'held') return 'no hold'
  if (life.paid) return 'illegal-transition'
  if (!life.open && held > checkoutFor - 30) return 'hold-ending'
  if (life.open && held >= checkoutFor) return 'hold-ending'
  life.open = true
  return 'open'
}

/** The house hears of what was paid. */
export function hear(model: Model, who: number): void {
  const life = model.people[who] as Life
  if (life.state === 'held' && life.paid) life.state = 'seated'
}

/** Gives the seat or the hold back. */
export function leave(model: Model, who: number): void {
  const { funded } = model.people[who] as Life
  if (funded) model.grants += 1
  become(model, who, 'none')
  freed(model)
}

export function join(model: Model, who: number): string {
  const { state } = model.people[who] as Life
  if (state === 'waiting' || state === 'offered') return 'already-waiting'
  if (state !== 'none') return 'already-enrolled'
  if (model.free > 0) return 'seats-free'
  model.queue.push(who)
  become(model, who, 'waiting')
  return 'done'
}

export function unjoin(model: Model, who: number): string {
  const { state } = model.people[who] as Life
  if (state !== 'waiting' && state !== 'offered') return 'not-waiting'
  model.queue = model.queue.filter((other) => other !== who)
  become(model, who, 'none')
  if (state === 'offered') freed(model)
  return 'done'
}

/** Time passes and the sweeps look: lost news is found, what was not paid lapses, offers end. */
export function pass(model: Model, minutes: number): void {
  model.now += minutes
  for (const [who, life] of model.people.entries()) {
    hear(model, who)
    if (life.state === 'held' && life.since + holdFor <= model.now) leave(model, who)
  }
  for (const [who, life] of model.people.entries()) if (life.state === 'offered' && life.since + offerFor <= model.now) unjoin(model, who)
}
