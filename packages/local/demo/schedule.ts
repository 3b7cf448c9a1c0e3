/** How a run of one plan letter is held: weekdays, daily times, class hours (45 minutes) a day, kind. */
interface Pattern {
  days: string
  times: string[]
  hours: number
}

const day = 86_400_000
const letters = '日一二三四五六'

/** A civil date moved by days. */
export const movedDate = (date: string, days: number) => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)

const evening = (days: string): Pattern => ({ days, times: ['18:30-20:45'], hours: 3 })
const wholeDay = (days: string): Pattern => ({ days, times: ['09:00-12:00', '14:00-17:00'], hours: 8 })
const online = (days: string): Pattern => ({ days, times: ['19:30-21:00'], hours: 2 })

function eveningDays(hours: number, turn: number): string {
  if (hours > 40) return '一二三四五'
  if (hours > 24) return '一三五'
  return turn % 2 === 0 ? '二四' : '一三'
}

/** The part of a meeting notation: dates of a pattern from a day on, as many as the class hours need. */
function block(pattern: Pattern, from: string, hours: number, kind: string): { text: string[]; slots: string[]; last: string } {
  const dates: string[] = []
  for (let date = from; dates.length < Math.max(1, Math.ceil(hours / pattern.hours)); date = movedDate(date, 1)) {
    if (pattern.days.includes(letters[new Date(date).getUTCDay()]!)) dates.push(date)
  }
  const [first = from] = dates
  const last = dates.at(-1) ?? from
  const when = dates.length === 1 ? first : `${first}..${last} 每周${pattern.days}`
  return {
    text: pattern.times.map((time) => `${when} ${time} ${kind}`),
    slots: dates.flatMap((date) => pattern.times.map((time) => `${date} ${time}`)),
    last,
  }
}

/**
 * The meetings of a run in the notation of import sheets. In: plan letter, the first possible civil date, class hours, a number
 * that varies the weekdays. Out: the notation, the first date, and the slots of date and time in which a room is taken.
 */
export function meetingsFrom(
  letter: string,
  from: string,
  theory: number,
  practice: number,
  turn: number,
): { text: string; first: string; slots: string[] } {
  const on =
    letter === 'L' || letter === 'M'
      ? online(turn % 2 === 0 ? '二四' : '一三')
      : letter === 'V'
        ? online('三')
        : letter === 'W'
          ? wholeDay('六日')
          : letter === 'D'
            ? wholeDay('一二三四五')
            : evening(letter === 'N' ? '二四' : eveningDays(theory + practice, turn))
  const kind = letter === 'L' || letter === 'M' ? '直播' : letter === 'V' ? '录播' : '理论'
  const parts: string[] = []
  const slots: string[] = []
  // Whole-day runs begin on a Monday, as people take a week off for them.
  let begin = movedDate(from, letter === 'D' ? (8 - new Date(from).getUTCDay()) % 7 : 0)
  if (theory > 0) {
    const first = block(on, begin, theory, kind)
    parts.push(...first.text)
    if (isOnSite(letter) && letter !== 'M') slots.push(...first.slots)
    begin = movedDate(first.last, 1)
  }
  if (practice > 0) {
    const second = block(
      letter === 'M' ? wholeDay('六日') : on,
      begin,
      practice,
      letter === 'L' ? '直播' : letter === 'V' ? '录播' : '实操',
    )
    parts.push(...second.text)
    slots.push(...second.slots)
  }
  return { text: parts.join(';'), first: /\d{4}-\d\d-\d\d/.exec(parts[0] ?? '')?.[0] ?? from, slots }
}

/** Whether a plan letter needs a room. */
export const isOnSite = (letter: string) => letter !== 'L' && letter !== 'V'

/** When registration runs, in days from today: open (or opening), and the first day the run may begin. */
export const phases = [
  { opens: -10, starts: 12 },
  { opens: -3, starts: 33 },
  { opens: 1, starts: 21 },
  { opens: -14, starts: 16 },
  { opens: -21, starts: 4 },
  { opens: 14, starts: 52 },
  { opens: -40, starts: -8 },
  { opens: -5, starts: 26 },
  { opens: 4, starts: 30 },
  { opens: -1, starts: 19 },
  { opens: -60, starts: -30 },
]
