import { readKept, writeKept } from './kept-file.ts'

interface Payload {
  grantId?: string
  uid?: string
  userCode?: string
  consumed?: number
  [name: string]: unknown
}
interface Entry {
  payload: Payload
  /** Epoch milliseconds; null for what does not end. */
  ends: number | null
}

/** What the identity provider must remember (sessions, grants, codes, refresh tokens), in one file, so that a restart signs nobody out. */
export function openIdentityStore(file: string) {
  const entries = new Map(Object.entries(readKept<Record<string, Entry>>(file, {})))
  let timer: NodeJS.Timeout | undefined

  function flush() {
    clearTimeout(timer)
    timer = undefined
    const now = Date.now()
    for (const [key, { ends }] of entries) if (ends !== null && ends < now) entries.delete(key)
    writeKept(file, Object.fromEntries(entries))
  }
  const changed = () => (timer ??= setTimeout(flush, 50))
  const live = (entry: Entry | undefined) => (entry && (entry.ends === null || entry.ends > Date.now()) ? entry.payload : undefined)

  return {
    /** The adapter that oidc-provider asks for, one per kind of thing. */
    adapter(model: string) {
      const key = (id: string) => `${model}:${id}`
      const search = (test: (payload: Payload) => boolean) => {
        for (const [name, entry] of entries) if (name.startsWith(`${model}:`) && test(entry.payload)) return live(entry)
        return undefined
      }
      return {
        async upsert(id: string, payload: Payload, expiresIn?: number) {
          entries.set(key(id), { payload, ends: expiresIn === undefined ? null : Date.now() + expiresIn * 1000 })
          changed()
        },
        find: async (id: string) => live(entries.get(key(id))),
        findByUid: async (uid: string) => search((payload) => payload.uid === uid),
        findByUserCode: async (code: string) => search((payload) => payload.userCode === code),
        async consume(id: string) {
          const entry = entries.get(key(id))
          if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000)
          changed()
        },
        async destroy(id: string) {
          entries.delete(key(id))
          changed()
        },
        async revokeByGrantId(grantId: string) {
          for (const [name, entry] of entries) if (entry.payload.grantId === grantId) entries.delete(name)
          changed()
        },
      }
    },
    close() {
      if (timer) flush()
    },
  }
}
