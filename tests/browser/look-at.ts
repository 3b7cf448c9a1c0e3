import { join } from 'node:path'
import { expect } from 'vitest'
import { sound, tooWide } from './console-page.ts'
import { devices, screenshots, type Visitor } from './house.ts'

export const languages = ['zh', 'en'] as const
/** The address of a page in a language. */
export const inLanguage = (language: 'zh' | 'en', path: string): string => (language === 'zh' ? path : `/en${path}`)

/** Takes a picture of what a visitor sees now, on a phone and on a desktop, none wider than its screen and one of them looked at by axe. `name` says what of. The screen is left as it was. */
export async function picture(visitor: Visitor, name: string, closely: 'phone' | 'desktop' = 'phone'): Promise<void> {
  const { page } = visitor
  const before = page.viewportSize()
  for (const device of ['phone', 'desktop'] as const) {
    await page.setViewportSize(devices[device])
    if (device === closely) await sound(visitor, `${name}-${device}`)
    else expect({ name, device, wide: await tooWide(page) }).toEqual({ name, device, wide: 0 })
    await page.screenshot({ path: join(screenshots, `${name}-${device}.png`), fullPage: true })
  }
  if (before) await page.setViewportSize(before)
}

/** Goes to a page in both languages, waits for what shows that it is there, and takes its pictures. `seen` looks closer, in each language. */
export async function lookAt(
  visitor: Visitor,
  path: string,
  mark: string,
  name: string,
  seen: (language: 'zh' | 'en') => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  for (const language of languages) {
    await visitor.page.goto(inLanguage(language, path))
    await visitor.page.locator(mark).first().waitFor()
    await seen(language)
    await picture(visitor, `${name}-${language}`, language === 'zh' ? 'phone' : 'desktop')
  }
}
