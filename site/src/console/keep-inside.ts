const stops = 'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex="0"]'
const drawn = (element: Element) => element.getClientRects().length > 0

/** Keeps the Tab key going round inside the dialog that lies on top, as a dialog of the browser would; does nothing where none is open. Gives a way to stop. */
export function keepInside(): () => void {
  const turn = (event: KeyboardEvent) => {
    const dialog = [...document.querySelectorAll('.ant-modal-wrap')].filter(drawn).at(-1)
    if (event.key !== 'Tab' || !dialog) return
    const all = [...dialog.querySelectorAll<HTMLElement>(stops)].filter((one) => drawn(one) && one.tabIndex >= 0)
    const [first, last] = [all[0], all.at(-1)]
    const here = document.activeElement
    const leaves = !dialog.contains(here) || here === (event.shiftKey ? first : last)
    if (!leaves) return
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }
  addEventListener('keydown', turn)
  return () => removeEventListener('keydown', turn)
}
