import type { Text } from './text.ts'

/** What the caller may do next: nothing, change something, send the same key again, or wait. */
type Retry = 'never' | 'after-change' | 'same-key' | 'later'

export interface Entry {
  status: number
  title: Text
  detail: Text
  retry: Retry
}

/** One line of the table: status, what to do next, title and sentence, Chinese first. */
export const entry = (status: number, retry: Retry, zhTitle: string, enTitle: string, zh: string, en: string): Entry => ({
  status,
  retry,
  title: { zh: zhTitle, en: enTitle },
  detail: { zh, en },
})
