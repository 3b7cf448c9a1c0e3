/**
 * Event patterns of event source mappings and rules: every named field must match one of its conditions
 * ("Filter rule syntax": equals, prefix, suffix, equals-ignore-case, anything-but, numeric, exists, `$or`).
 */
export function matches(pattern: unknown, value: unknown): boolean {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) throw new Error('an event pattern is an object')
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return (wanted as unknown[]).some((one) => matches(one, value))
    const field = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
    if (!Array.isArray(wanted)) return matches(wanted, field)
    // A field that holds a list matches when one of its values does.
    const candidates = Array.isArray(field) ? field : [field]
    return wanted.some((condition) => candidates.some((one) => meets(condition, one)))
  })
}

function meets(condition: unknown, value: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return condition === value
  const [operator, argument] = Object.entries(condition)[0] as [string, unknown]
  switch (operator) {
    case 'exists':
      return argument === (value !== undefined)
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(argument))
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(argument))
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase()
    case 'anything-but':
      return value !== undefined && ![argument].flat().some((one) => meets(one, value))
    case 'numeric':
      return numeric(argument as (string | number)[], value)
    default:
      throw new Error(`an event pattern uses ${operator}, which the one-machine cloud does not know`)
  }
}

const comparisons: Record<string, (one: number, other: number) => boolean> = {
  '=': (one, other) => one === other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
}

/** `["> ", 0, "<=", 5]`. DynamoDB writes numbers as text, so text that is a number counts. */
function numeric(rule: (string | number)[], value: unknown): boolean {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (Number.isNaN(number)) return false
  for (let place = 0; place < rule.length; place += 2) {
    if (!comparisons[String(rule[place])]?.(number, Number(rule[place + 1]))) return false
  }
  return true
}
