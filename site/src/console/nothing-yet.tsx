import type { ReactNode } from 'react'

/** An empty shelf: what is missing, and the next step. */
export function NothingYet({ title, hint, children, level = 3 }: { title: string; hint: string; children?: ReactNode; level?: 2 | 3 }) {
  const Title = `h${level}` as const
  return (
    <div className="empty console-empty">
      <svg viewBox="0 0 176 96" width="132" height="72" aria-hidden="true">
        <path d="M8 40h160v8H8zM8 84h160v8H8z" fill="var(--shelf)" />
        <path d="M14 4v90M162 4v90" stroke="var(--line-strong)" strokeWidth="4" />
        <path d="M60 52h22v10l-4 4H60zM104 8h22v10l-4 4h-18z" fill="var(--tag)" />
      </svg>
      <div className="stack-s">
        <Title>{title}</Title>
        <p className="soft">{hint}</p>
      </div>
      {children}
    </div>
  )
}
