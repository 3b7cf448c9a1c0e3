import type { MouseEvent, ReactNode } from 'react'
import { addressOf, go } from './place.ts'

/** A link to a place of this console: a real address, followed without loading the page anew. */
export function PlaceLink({
  to,
  children,
  className,
}: {
  to: Record<string, string | undefined>
  children: ReactNode
  className?: string
}) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={addressOf(to)} onClick={follow} className={className}>
      {children}
    </a>
  )
}
