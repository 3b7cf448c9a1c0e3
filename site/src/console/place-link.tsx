import type { MouseEvent, ReactNode } from 'react'
import { addressOf, go } from './place.ts'

interface Parts {
  to: Record<string, string | undefined>
  children: ReactNode
  className?: string
  /** Whether it leads to where one stands already. */
  current?: boolean
}

/** A link to a place of this console: a real address, followed without loading the page anew. */
export function PlaceLink({ to, children, className, current = false }: Parts) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={addressOf(to)} onClick={follow} className={className} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  )
}
