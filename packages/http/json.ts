import { Refusal } from '@skills/contract/refusals.ts'

const deepest = 20
const mostKeys = 1_000
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What the gateway puts in place of bytes that are not UTF-8, because it hands JSON over as text. Nobody means to send it. */
const replaced = '\ufffd'

/**
 * The value of a JSON body, read strictly: UTF-8 without BOM, no NUL or half a surrogate pair, no name twice in an object, no name that could
 * reach a prototype, at most 20 levels and 1,000 names. Everything else is `malformed-json`. What was sent stands in no message.
 */
export function readJson(bytes: Uint8Array): unknown {
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
    value = JSON.parse(text)
  } catch {
    throw new Refusal('malformed-json')
  }
  if (!isStrict(text)) throw new Refusal('malformed-json')
  return value
}

/** Walks a text that is JSON already, for what `JSON.parse` lets pass. */
function isStrict(text: string): boolean {
  const open: (Set<string> | undefined)[] = []
  let names = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') {
      if (open.push(character === '{' ? new Set() : undefined) > deepest) return false
    } else if (character === '}' || character === ']') open.pop()
    else if (character === '"') {
      const end = endOfString(text, at)
      const string = JSON.parse(text.slice(at, end)) as string
      if (string.includes('\0') || string.includes(replaced) || !string.isWellFormed()) return false
      at = end - 1
      let next = end
      while (/\s/.test(text[next] ?? '')) next++
      if (text[next] !== ':') continue
      const object = open.at(-1)
      if (object === undefined || object.has(string) || forbidden.has(string) || ++names > mostKeys) return false
      object.add(string)
    }
  }
  return true
}

/** Where a string that begins at `start` ends, after its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}
