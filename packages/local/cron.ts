/** When a schedule is due: `rate(5 minutes)`, `cron(0 18 ? * MON-FRI *)`, `at(2026-11-21T08:00:00)`. */
export type Due = { everyMs: number } | { minute(date: Date): boolean }

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Reads a schedule expression of EventBridge. Zones other than UTC are names of the IANA database. */
export function readSchedule(expression: string, zone = 'UTC'): Due {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression)
  if (rate) return { everyMs: Number(rate[1]) * (units[rate[2] as string] as number) }
  const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?\)$/.exec(expression)
  if (at) return { minute: (date) => partsOf(date, zone).text === at[1] }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression)
  if (!cron) throw new Error(`the schedule ${expression} is not understood`)
  const [, minute, hour, day, month, weekday, year] = cron as unknown as string[]
  const tests = [
    readField(minute as string, 0, 59),
    readField(hour as string, 0, 23),
    readField(month as string, 1, 12, monthNames),
    readField(year as string, 1970, 2199),
  ]
  const byDay = readDay(day as string)
  const byWeekday = readWeekday(weekday as string)
  return {
    minute(date) {
      const now = partsOf(date, zone)
      return [now.minute, now.hour, now.month, now.year].every((value, place) => tests[place]?.(value)) && byDay(now) && byWeekday(now)
    },
  }
}

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  /** 1 is Sunday. */
  weekday: number
  lastDay: number
  text: string
}

function partsOf(date: Date, zone: string): Parts {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]))
  const [year, month, day] = [Number(part['year']), Number(part['month']), Number(part['day'])]
  return {
    year,
    month,
    day,
    hour: Number(part['hour']),
    minute: Number(part['minute']),
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1,
    lastDay: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    text: `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}`,
  }
}

const monthNames = ['', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const dayNames = ['', 'SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

function readField(field: string, least: number, most: number, names: string[] = []): (value: number) => boolean {
  const number = (text: string) => {
    const named = names.indexOf(text.toUpperCase())
    const value = named > 0 ? named : Number(text)
    if (!Number.isInteger(value) || value < least || value > most) throw new Error(`${text} cannot stand in a schedule there`)
    return value
  }
  const tests = field.split(',').map((piece) => {
    const [range = '', step] = piece.split('/')
    const [from, to] =
      range === '*' || range === '?'
        ? [least, most]
        : range.includes('-')
          ? (range.split('-').map(number) as [number, number])
          : [number(range), step === undefined ? number(range) : most]
    return (value: number) => value >= from && value <= to && (value - from) % Number(step ?? 1) === 0
  })
  return (value) => tests.some((test) => test(value))
}

function readDay(field: string): (now: Parts) => boolean {
  if (field === 'L') return (now) => now.day === now.lastDay
  const test = readField(field, 1, 31)
  return (now) => test(now.day)
}

/** `MON-FRI`, `6L` (the last Friday), `3#2` (the second Tuesday). */
function readWeekday(field: string): (now: Parts) => boolean {
  const last = /^([1-7]|[A-Z]{3})L$/i.exec(field)
  const nth = /^([1-7]|[A-Z]{3})#([1-5])$/i.exec(field)
  const number = (text: string) => (/^\d$/.test(text) ? Number(text) : dayNames.indexOf(text.toUpperCase()))
  if (last) return (now) => now.weekday === number(last[1] as string) && now.day > now.lastDay - 7
  if (nth) return (now) => now.weekday === number(nth[1] as string) && Math.ceil(now.day / 7) === Number(nth[2])
  const test = readField(field, 1, 7, dayNames)
  return (now) => test(now.weekday)
}
