import { randomInt } from 'node:crypto'
import { readKept, writeKept } from './kept-file.ts'

/** The Secrets Manager of one machine: values made at the first run, kept in a file, put where `{{resolve:secretsmanager:…}}` stands. */
export interface Secrets {
  declare(arn: string, properties: Record<string, unknown>): void
  fill(value: unknown): unknown
}

interface Generate {
  PasswordLength?: number
  ExcludePunctuation?: boolean
  ExcludeCharacters?: string
  SecretStringTemplate?: string
  GenerateStringKey?: string
}

const reference = /\{\{resolve:secretsmanager:(.+?)(?::SecretString(?::([^:}]*))?(?::[^:}]*)?(?::[^:}]*)?)?\}\}/g

export function openSecrets(file: string): Secrets {
  const values = readKept<Record<string, string>>(file, {})
  return {
    declare(arn, properties) {
      if (values[arn] !== undefined) return
      const plain = properties['SecretString']
      values[arn] = typeof plain === 'string' ? plain : generate((properties['GenerateSecretString'] ?? {}) as Generate)
      writeKept(file, values)
    },
    fill(value) {
      return fill(value, (id, key) => {
        const found = values[id] ?? values[Object.keys(values).find((arn) => arn.includes(`:secret:${id}-`)) ?? '']
        if (found === undefined) throw new Error(`the template resolves the secret ${id}, which no stack declares`)
        return key ? String((JSON.parse(found) as Record<string, unknown>)[key]) : found
      })
    },
  }
}

function fill(value: unknown, secretOf: (id: string, key: string | undefined) => string): unknown {
  if (typeof value === 'string') return value.replace(reference, (_, id: string, key: string | undefined) => secretOf(id, key))
  if (Array.isArray(value)) return value.map((item) => fill(item, secretOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, secretOf)]))
}

function generate(how: Generate): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const alphabet = [...letters, ...(how.ExcludePunctuation ? '' : '!#$%&()*+,-.:;<=>?@[]^_{|}~')].filter(
    (letter) => !how.ExcludeCharacters?.includes(letter),
  )
  const password = Array.from({ length: how.PasswordLength ?? 32 }, () => alphabet[randomInt(alphabet.length)]).join('')
  if (how.GenerateStringKey === undefined) return password
  return JSON.stringify({ ...(JSON.parse(how.SecretStringTemplate ?? '{}') as object), [how.GenerateStringKey]: password })
}
