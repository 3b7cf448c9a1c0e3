import { paths, type RouteName } from '@skills/contract/paths.ts'
import type { Problem } from '@skills/contract/client.ts'
import { accessToken } from '../identity/access-token.ts'
import { pageLanguage } from '../language.ts'

/**
 * Fetches a file of a route as bytes, with the token of the person signed in, and lays it down as a download. Gives the problem when it was refused;
 * throws when nothing answered.
 */
export async function download(
  route: RouteName,
  params: Record<string, string>,
  query: Record<string, string>,
  file: string,
): Promise<{ problem: Problem } | undefined> {
  const [, template = ''] = paths[route].split(' ')
  const path = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const ask = async (refused?: string) => {
    const token = await accessToken(refused)
    const headers = { authorization: `Bearer ${token}`, 'accept-language': pageLanguage() === 'zh' ? 'zh-CN' : 'en' }
    return { token, response: await fetch(`/api${path}?${new URLSearchParams(query)}`, { headers }) }
  }
  const first = await ask()
  const { response } = first.response.status === 401 ? await ask(first.token) : first
  if (!response.ok) return { problem: (await response.json()) as Problem }
  const address = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: address, download: file })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 30_000)
  return undefined
}
