import { expect } from 'vitest'
import { axeSays } from './axe-says.ts'
import type { Visitor } from './house.ts'

/** That a console, as it stands, breaks no policy, throws nothing, is accessible and is no wider than the screen. */
export async function sound({ page, seen }: Visitor, what: string): Promise<void> {
  // A short message lies over the page for three seconds.
  await page.locator('.ant-message-notice').first().waitFor({ state: 'detached' })
  const { violations: broken, errors } = await seen()
  const said = [...broken, ...errors, ...(await axeSays(page))]
  expect({ what, said, wide: await tooWide(page) }).toEqual({ what, said: [], wide: 0 })
}

/** How many pixels a page is wider than its screen. */
export function tooWide(page: Visitor['page']): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
