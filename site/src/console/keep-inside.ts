const stops = 'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex="0"]'
const drawn = (element: Element) => element.getClientRects().length > 0

/**
 * Keeps the Tab key going round inside the dialog that lies on top, as a dialog of the browser would, and leads the keyboard back when it is gone: to where it came from, or to
 * the page where that is gone too. Gives a way to stop.
 */
export function keepInside(): () => void {
  let outside: HTMLElement | undefined
  const open = () => [...document.querySelectorAll('.ant-modal-wrap')].filter(drawn).at(-1)
  const remember = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && !target.closest('.ant-modal-root')) outside = target
  }
  const giveBack = () => {
    if (document.activeElement !== document.body || open() || !outside) return
    const to = outside.isConnected ? outside : document.getElementById('main')
    to?.focus({ preventScroll: true })
  }
  // A dialog's place is a child of the body: it goes when the dialog is closed, and with it whatever had the keyboard.
  const watcher = new MutationObserver((changes) => changes.some(({ removedNodes }) => removedNodes.length > 0) && giveBack())
  watcher.observe(document.body, { childList: true })
  const turn = (event: KeyboardEvent) => {
    const dialog = open()
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
  addEventListener('focusin', remember)
  return () => {
    watcher.disconnect()
    removeEventListener('keydown', turn)
    removeEventListener('focusin', remember)
  }
}
