import { paths, type RouteName } from '@skills/contract/paths.ts'
import type { Outcome, Problem } from '@skills/contract/client.ts'
import { asMe } from '../identity/my-api.ts'
import { pageLanguage } from '../language.ts'

/**
 * Fetches a file of a route as bytes, with the token of the person signed in, and lays it down as a download. Gives from where a file that is one of several goes on (null at
 * the end), or the problem when it was refused; throws when nothing answered.
 */
export async function download(
  route: RouteName,
  params: Record<string, string>,
  query: Record<string, string>,
  file: string,
): Promise<{ problem: Problem } | { problem?: never; next: string | null }> {
  const [, template = ''] = paths[route].split(' ')
  const path = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const answer = await asMe(async (token): Promise<Outcome<{ file: Blob; next: string | null }>> => {
    const headers = { authorization: `Bearer ${token}`, 'accept-language': pageLanguage() === 'zh' ? 'zh-CN' : 'en' }
    const response = await fetch(`/api${path}?${new URLSearchParams(query)}`, { headers })
    const { ok, status } = response
    if (!ok) return { ok, status, problem: (await response.json()) as Problem }
    return { ok, status, value: { file: await response.blob(), next: response.headers.get('x-next-cursor') } }
  })
  if (!answer.ok) return { problem: answer.problem }
  const address = URL.createObjectURL(answer.value.file)
  const link = Object.assign(document.createElement('a'), { href: address, download: file })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 30_000)
  return { next: answer.value.next }
}
