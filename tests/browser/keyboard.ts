import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** A reader with a keyboard and no mouse. */
export interface Keyboard {
  /** Goes on with Tab until a control has the focus, and sees that it shows. With `back` the other way round. */
  to(control: Locator, back?: boolean): Promise<void>
  press(...keys: string[]): Promise<void>
  /** Goes to a field and types into it in place of what stands there; a date as `2026-01-31`. */
  fill(field: Locator, text: string): Promise<void>
  /** Goes to a control and presses Enter. */
  use(control: Locator): Promise<void>
  /** That the focus goes round inside a dialog, both ways, and never out of it. */
  expectTrapped(dialog: Locator): Promise<void>
  /** That the focus is on something of the page, not lost. */
  expectKept(what: string): Promise<void>
}

const most = 150

export function keyboardOf(page: Page): Keyboard {
  const here = (control: Locator) => control.evaluate((element) => element === document.activeElement)
  const keyboard: Keyboard = {
    async to(control, back = false) {
      await control.waitFor()
      for (let presses = 0; presses < most; presses += 1) {
        if (await here(control)) return expectShown(control)
        await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
      }
      throw new Error(`the keyboard does not reach ${control}`)
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key)
    },
    async fill(field, text) {
      await keyboard.to(field)
      if ((await field.getAttribute('type')) === 'date') return typeDate(page, field, text)
      await page.keyboard.press('Control+a')
      await page.keyboard.type(text)
    },
    async use(control) {
      await keyboard.to(control)
      await page.keyboard.press('Enter')
    },
    async expectTrapped(dialog) {
      await dialog.waitFor()
      await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
      // Between the last control and the first stands the browser itself, which no page may take away.
      const inside = () =>
        dialog.evaluate((element) => document.activeElement === document.body || element.contains(document.activeElement))
      for (const key of ['Tab', 'Shift+Tab'])
        for (let presses = 0; presses < 12; presses += 1) {
          await page.keyboard.press(key)
          const where = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))
          expect(await inside(), `${key} leaves the dialog for ${where}`).toBe(true)
        }
    },
    async expectKept(what) {
      await expect
        .poll(() => page.evaluate(() => document.activeElement !== document.body && document.activeElement !== null), {
          message: `${what}: the focus is lost`,
        })
        .toBe(true)
    },
  }
  return keyboard
}

/** That a control with the focus looks other than without it: an outline, a shadow or a border of its own, or of what stands around it. */
async function expectShown(control: Locator): Promise<void> {
  const look = () =>
    control.evaluate((element) => {
      const looks: string[] = []
      for (let one: Element | null = element, up = 0; one !== null && up < 4; one = one.parentElement, up += 1)
        for (const part of [undefined, '::before', '::after']) {
          const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one, part)
          looks.push([outline, boxShadow, borderColor, backgroundColor].join())
        }
      // The look of a radio or a box is drawn beside it.
      const beside = element.nextElementSibling
      if (beside) looks.push(getComputedStyle(beside).outline, getComputedStyle(beside).boxShadow)
      return looks.join('\n')
    })
  const focused = await look()
  await control.evaluate((element) => (element as HTMLElement).blur())
  const blurred = await look()
  await control.evaluate((element) => (element as HTMLElement).focus({ preventScroll: true }))
  expect(focused === blurred, `the focus on ${control} does not show`).toBe(false)
}

/** Types a date part by part. In which order the parts stand is the browser's own choice, by its language. */
async function typeDate(page: Page, field: Locator, date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-')
  for (const parts of [
    [month, day, year],
    [day, month, year],
    [year, month, day],
  ]) {
    await field.evaluate((element) => {
      ;(element as HTMLElement).blur()
      ;(element as HTMLElement).focus()
    })
    for (const part of parts) {
      await page.keyboard.type(part)
      if (part === year) await page.keyboard.press('ArrowRight')
    }
    if ((await field.inputValue()) === date) return
  }
  throw new Error(`the keyboard cannot type ${date}`)
}
