/** Routes found as an HTTP API finds them: a full match wins, then a greedy path, then `$default`; a fixed segment goes before a variable one. */
export interface RouteMap<T> {
  add(routeKey: string, target: T): void
  /** `path` is decoded and stands without the stage. */
  find(method: string, path: string): { routeKey: string; target: T; parameters: Record<string, string> } | undefined
}

interface Node<T> {
  fixed: Map<string, Node<T>>
  variable: Node<T> | undefined
  full: Map<string, Leaf<T>>
  greedy: Map<string, Leaf<T>>
}
interface Leaf<T> {
  routeKey: string
  target: T
  names: string[]
}

const empty = <T>(): Node<T> => ({ fixed: new Map(), variable: undefined, full: new Map(), greedy: new Map() })

export function createRouteMap<T>(): RouteMap<T> {
  const root = empty<T>()
  let fallback: Leaf<T> | undefined
  return {
    add(routeKey, target) {
      if (routeKey === '$default') {
        fallback = { routeKey, target, names: [] }
        return
      }
      const [method = '', path = ''] = routeKey.split(' ')
      const names: string[] = []
      let node = root
      for (const segment of path.split('/').slice(1)) {
        const name = /^\{(.+?)(\+?)\}$/.exec(segment)
        if (name) names.push(name[1] as string)
        if (name?.[2]) {
          node.greedy.set(method, { routeKey, target, names })
          return
        }
        if (name) node = node.variable ??= empty()
        else {
          let inner = node.fixed.get(segment)
          if (!inner) node.fixed.set(segment, (inner = empty()))
          node = inner
        }
      }
      node.full.set(method, { routeKey, target, names })
    },
    find(method, path) {
      const segments = path.split('/')
      segments.shift()
      const match =
        findFull(root, method, segments, 0, []) ?? findGreedy(root, method, segments, 0, []) ?? (fallback && { leaf: fallback, values: [] })
      if (!match) return undefined
      const parameters: Record<string, string> = {}
      match.leaf.names.forEach((name, place) => (parameters[name] = match.values[place] ?? ''))
      return { routeKey: match.leaf.routeKey, target: match.leaf.target, parameters }
    },
  }
}

type Match<T> = { leaf: Leaf<T>; values: string[] } | undefined

function findFull<T>(node: Node<T>, method: string, segments: string[], place: number, values: string[]): Match<T> {
  if (place === segments.length) {
    const leaf = node.full.get(method) ?? node.full.get('ANY')
    return leaf && { leaf, values }
  }
  const segment = segments[place] as string
  const fixed = node.fixed.get(segment)
  const found = fixed && findFull(fixed, method, segments, place + 1, values)
  if (found || !node.variable || segment === '') return found
  return findFull(node.variable, method, segments, place + 1, [...values, segment])
}

/** The longest greedy match: deeper in the tree first. */
function findGreedy<T>(node: Node<T>, method: string, segments: string[], place: number, values: string[]): Match<T> {
  if (place >= segments.length) return undefined
  const segment = segments[place] as string
  const fixed = node.fixed.get(segment)
  const deeper =
    (fixed && findGreedy(fixed, method, segments, place + 1, values)) ??
    (node.variable && segment !== '' ? findGreedy(node.variable, method, segments, place + 1, [...values, segment]) : undefined)
  if (deeper) return deeper
  const leaf = node.greedy.get(method) ?? node.greedy.get('ANY')
  return leaf && { leaf, values: [...values, segments.slice(place).join('/')] }
}
