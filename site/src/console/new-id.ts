/** The 32 characters of an id: no I, L, O and U. */
const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new id: its prefix, the time in ten characters and 80 bits of chance in sixteen, as every id of the house is made. In: milliseconds since 1970, 16 bytes. */
export function newId(prefix: 'spo' | 'emp', ms: number, chance: Uint8Array): string {
  const time = Array.from({ length: 10 }, (_, place) => characters[Math.floor(ms / 32 ** (9 - place)) % 32])
  return `${prefix}_${time.join('')}${Array.from(chance, (byte) => characters[byte % 32]).join('')}`
}
