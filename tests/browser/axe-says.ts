import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What axe has to say of a page as it stands, by WCAG 2.2 AA and good practice; one sentence for each rule that is broken. No page of ours has a frame of another origin, which is all that its
 * slower way sees more: that one opens a page beside it for every look and takes twice the time.
 */
export async function axeSays(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html, any }) => html.slice(0, 120) + (any[0]?.message ?? '').slice(0, 160))
        .slice(0, 2)
        .join(' | ')}`,
  )
}
