import { paths } from '@skills/contract/paths.ts'
import { Refusal } from '@skills/contract/refusals.ts'

/** The methods that the contract has for a path without stage and query; an empty list when there is no such path. */
function methodsOf(path: string): string[] {
  const segments = path.split('/')
  return Object.values(paths).flatMap((line) => {
    const [method = '', template = ''] = line.split(' ')
    const wanted = template.split('/')
    const fits =
      wanted.length === segments.length && wanted.every((part, i) => (part.startsWith('{') ? segments[i] !== '' : part === segments[i]))
    return fits ? [method] : []
  })
}

/** What is answered where the gateway found no route: 405 with `Allow` for a path that takes other methods, 404 for all else. */
export function noRoute(method: string, rawPath: string, stage: string): Refusal {
  const prefix = `/${stage}`
  const path = stage !== '$default' && rawPath.startsWith(`${prefix}/`) ? rawPath.slice(prefix.length) : rawPath
  const allow = methodsOf(path)
  return allow.length > 0 && !allow.includes(method) ? new Refusal('method-not-allowed', { allow }) : new Refusal('not-found')
}
