import AxeBuilder from '@axe-core/playwright'
import { expect } from 'vitest'
import type { Visitor } from './house.ts'

/** That a console, as it stands, breaks no policy, throws nothing, is accessible and is no wider than the screen. */
export async function sound({ page, seen }: Visitor, what: string): Promise<void> {
  // A short message lies over the page for three seconds.
  await page.locator('.ant-message-notice').first().waitFor({ state: 'detached' })
  const { violations: broken, errors } = await seen()
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const said = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html, any }) => html.slice(0, 120) + (any[0]?.message ?? '').slice(0, 160))
        .slice(0, 2)
        .join(' | ')}`,
  )
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect({ what, said: [...broken, ...errors, ...said], wide }).toEqual({ what, said: [], wide: 0 })
}
