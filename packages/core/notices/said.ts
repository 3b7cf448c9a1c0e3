import { clockAt, dateAt } from '@skills/contract/time.ts'

/** What an event itself says: a sum in fen, instants, a decision, when it happened, the thread it is about, where to read on. `begun`: the run had begun then. */
export interface Said {
  fen?: number
  until?: string
  from?: string
  granted?: boolean
  at?: string
  threadId?: string
  enrollmentId?: string
  href?: string
  begun?: boolean
}

/** An instant as notices write it, Beijing time; nothing where there is none. */
export const time = (instant?: string) => (instant === undefined ? '' : `${dateAt(instant)} ${clockAt(instant)}`)
