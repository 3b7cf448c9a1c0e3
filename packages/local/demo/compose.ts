import { argv, stdout } from 'node:process'
import { pathToFileURL } from 'node:url'
import { readCatalogText, type DemoCourse, type DemoProvider } from './catalog-text.ts'
import { csvOf, type SheetRow } from './csv.ts'
import { isOnSite, meetingsFrom, movedDate, phases } from './schedule.ts'

const runNames: Record<string, [string, string]> = {
  N: ['晚间班', 'evenings'],
  E: ['晚间班', 'evenings'],
  W: ['周末班', 'weekends'],
  D: ['全日班', 'whole days'],
  L: ['直播班', 'live online'],
  V: ['自学班', 'self-paced video'],
  M: ['混合班', 'online and weekends'],
}
/** Trades whose runs are paid for; the demo's unions subsidize them. */
const licensed = ['low-voltage-electrician', 'high-voltage-electrician']
const classSizes = [30, 24, 40, 36]

/** Slots of date and time in which a room is taken, each as `room date time`. */
type Booked = Set<string>

/**
 * The demo catalog as a sheet for the import. In: today's civil date, to which all dates are relative, so that the demo is never
 * stale; the same date gives the same bytes. About 130 courses and 320 runs: most free of charge, most open now or soon.
 */
export function composeDemo(today: string): string {
  const providers = readCatalogText()
  // Every second course with few runs gets a later one, which a small letter stands for.
  for (const { courses } of providers) {
    for (const [index, course] of courses.entries())
      if (course.plan.length < 3 && index % 2 === 0) course.plan += course.plan.slice(0, 1).toLowerCase()
  }
  return csvOf(composeRows(providers, today))
}

/** The rows of a catalog text with runs dated from `today`; rooms are never booked twice. */
export function composeRows(providers: readonly DemoProvider[], today: string): SheetRow[] {
  let turn = 0
  return providers.flatMap((provider) => {
    const booked: Booked = new Set()
    return provider.courses.flatMap((course) =>
      [...course.plan].map((letter, count) => ({
        ...providerCells(provider),
        ...courseCells(course),
        ...runCells(provider, course, letter, count, turn++, today, booked),
      })),
    )
  })
}

function providerCells(provider: DemoProvider): SheetRow {
  return {
    机构编码: provider.code,
    机构名称: provider.name[0],
    机构英文名: provider.name[1],
    机构简介: provider.about[0],
    机构英文简介: provider.about[1],
    机构地区: provider.region,
  }
}

function courseCells(course: DemoCourse): SheetRow {
  const special = course.conditions.includes('so')
  const ages = course.conditions.map((one) => /^(\d+)(?:\+|-(\d+))$/.exec(one)).find(Boolean)
  const after = (prefix: string) => course.conditions.find((one) => one.startsWith(prefix))?.slice(prefix.length) ?? ''
  return {
    课程编码: course.code,
    课程名称: course.title[0],
    课程英文名: course.title[1],
    课程简介: course.summary[0],
    课程英文简介: course.summary[1],
    学习成果: course.outcomes[0],
    英文学习成果: course.outcomes[1],
    适合人群: course.audience[0],
    英文适合人群: course.audience[1],
    行业: course.industry,
    工种: course.trade,
    等级: course.level,
    证书类别: course.family,
    授课方式: course.delivery,
    语言: /英语|双语/.test(course.title[0]) ? '中文、英文' : '中文',
    理论课时: String(course.theory),
    实操课时: String(course.practice),
    '标价(元)': String(course.fee),
    年龄下限: special ? '18' : (ages?.[1] ?? ''),
    年龄上限: special ? '60' : (ages?.[2] ?? ''),
    学历要求: special ? '初中' : after('edu:'),
    健康承诺: special || course.conditions.includes('health') ? '是' : '否',
    前置证书: after('cert:'),
    课程状态: '发布',
  }
}

function runCells(
  provider: DemoProvider,
  course: DemoCourse,
  planned: string,
  count: number,
  turn: number,
  today: string,
  booked: Booked,
): SheetRow {
  const letter = planned.toUpperCase()
  const night = planned === 'N'
  const phase = night
    ? { opens: -7, starts: 10 }
    : planned !== letter
      ? { opens: turn % 2 === 0 ? -2 : 7, starts: 45 }
      : phases[turn % phases.length]!
  const { meetings, place } = settle(provider, course, letter, movedDate(today, phase.starts), turn, booked)
  const name = runNames[letter]!
  const size = place ? Math.min(place.room.capacity, night ? 157 : classSizes[turn % classSizes.length]!) : letter === 'V' ? 500 : 200
  return {
    期编码: `${course.code}-${String(count + 1).padStart(2, '0')}`,
    期名称: `第 ${count + 1} 期 · ${name[0]}`,
    期英文名: `Run ${count + 1} · ${name[1]}`,
    报名开始: `${movedDate(today, phase.opens)} 09:00`,
    报名截止: `${movedDate(meetings.first, -1)} 18:00`,
    名额: String(size),
    '价格(元)': turn % 16 === 9 || licensed.includes(course.trade) ? String(course.fee) : '0',
    '退出期限(小时)': letter === 'D' ? '72' : '24',
    开班地区: place?.venue.region ?? provider.region,
    场地编码: place?.venue.code ?? '',
    场地名称: place?.venue.name[0] ?? '',
    场地英文名: place?.venue.name[1] ?? '',
    场地地址: place?.venue.address[0] ?? '',
    场地英文地址: place?.venue.address[1] ?? '',
    教室: place?.room.name ?? '',
    教室容量: place ? String(place.room.capacity) : '',
    教室设备: place?.room.equipment ?? '',
    上课时间: meetings.text,
    期状态: '发布',
  }
}

/** Finds times and, for what is on site, a suitable room that is free then, a week later as often as needed; the room is booked. */
function settle(provider: DemoProvider, course: DemoCourse, letter: string, from: string, turn: number, booked: Booked) {
  const timesAt = (date: string) => meetingsFrom(letter, date, course.theory, course.practice, turn)
  if (!isOnSite(letter)) return { meetings: timesAt(from), place: undefined }
  const fitting = provider.venues
    .flatMap((venue) => venue.rooms.map((room) => ({ venue, room })))
    .filter(({ room }) => course.rooms.length === 0 || course.rooms.some((word) => room.name.includes(word)))
  if (fitting.length === 0) throw new Error(`${provider.code} has no room for ${course.code}`)
  // Begins with another room each time, so that all are used.
  const rooms = fitting.map((_, index) => fitting[(index + turn) % fitting.length]!)
  for (let starts = from; ; starts = movedDate(starts, 7)) {
    const meetings = timesAt(starts)
    const place = rooms.find(({ room }) => !meetings.slots.some((slot) => booked.has(`${room.name} ${slot}`)))
    if (place === undefined) continue
    for (const slot of meetings.slots) booked.add(`${place.room.name} ${slot}`)
    return { meetings, place }
  }
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const today = argv[2]
  if (today === undefined || !/^\d{4}-\d\d-\d\d$/.test(today)) throw new Error('usage: compose.ts <today, such as 2026-11-21>')
  stdout.write(composeDemo(today))
}
