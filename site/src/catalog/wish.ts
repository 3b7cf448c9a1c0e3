/** What a reader asks the catalog for; the address keeps it. */
export interface Wish {
  q: string
  industry: string[]
  trade: string[]
  level: string[]
  delivery: string[]
  language: string[]
  region: string[]
  price: string[]
  /** Only runs with a seat left. */
  seats: boolean
  /** Civil dates between which the first meeting falls; empty is open. */
  from: string
  to: string
  sort: 'best' | 'soon' | 'price' | 'seats'
  page: number
}

export const lists = ['industry', 'trade', 'level', 'delivery', 'language', 'region', 'price'] as const
export type ListFacet = (typeof lists)[number]
const sorts = ['best', 'soon', 'price', 'seats'] as const

/** Reads a wish from an address; what it does not understand it leaves out. */
export function readWish(query: URLSearchParams): Wish {
  const list = (name: string) => (query.get(name) ?? '').split(',').filter((code) => /^[\w-]{1,40}$/.test(code))
  const date = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(query.get(name) ?? '') ? (query.get(name) ?? '') : '')
  const page = Number(query.get('page') ?? 1)
  return {
    q: (query.get('q') ?? '').slice(0, 80),
    industry: list('industry'),
    trade: list('trade'),
    level: list('level'),
    delivery: list('delivery'),
    language: list('language'),
    region: list('region'),
    price: list('price'),
    seats: query.get('seats') === 'yes',
    from: date('from'),
    to: date('to'),
    sort: sorts.find((sort) => sort === query.get('sort')) ?? 'best',
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  }
}

/** The address of a wish: only what differs from asking for nothing. */
export function writeWish(wish: Wish): string {
  const query = new URLSearchParams()
  if (wish.q.trim() !== '') query.set('q', wish.q.trim())
  for (const name of lists) if (wish[name].length > 0) query.set(name, wish[name].join(','))
  if (wish.seats) query.set('seats', 'yes')
  if (wish.from) query.set('from', wish.from)
  if (wish.to) query.set('to', wish.to)
  if (wish.sort !== 'best') query.set('sort', wish.sort)
  if (wish.page > 1) query.set('page', String(wish.page))
  const text = query.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** How many filters are set, the search words not counted. */
export const filtersSet = (wish: Wish) =>
  lists.reduce((sum, name) => sum + wish[name].length, 0) + (wish.seats ? 1 : 0) + (wish.from || wish.to ? 1 : 0)
