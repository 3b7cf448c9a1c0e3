/** Which part of a row a column describes. Run and venue columns count only in rows that have a run code. */
type Part = 'provider' | 'course' | 'run' | 'venue'

interface Column {
  part: Part
  zh: string
  en: string
  /** The file must have this column; for run columns: when it has run codes. */
  needed: boolean
}

const needed = (part: Part, zh: string, en: string): Column => ({ part, zh, en, needed: true })
const optional = (part: Part, zh: string, en: string): Column => ({ part, zh, en, needed: false })

/** The columns of an import sheet in the order of the template: the Chinese heading and its English alias. */
export const columns = {
  providerCode: needed('provider', '机构编码', 'provider_code'),
  providerName: needed('provider', '机构名称', 'provider_name'),
  providerNameEn: optional('provider', '机构英文名', 'provider_name_en'),
  providerAbout: needed('provider', '机构简介', 'provider_about'),
  providerAboutEn: optional('provider', '机构英文简介', 'provider_about_en'),
  providerRegion: needed('provider', '机构地区', 'provider_region'),
  courseCode: needed('course', '课程编码', 'course_code'),
  title: needed('course', '课程名称', 'title'),
  titleEn: optional('course', '课程英文名', 'title_en'),
  summary: needed('course', '课程简介', 'summary'),
  summaryEn: optional('course', '课程英文简介', 'summary_en'),
  outcomes: optional('course', '学习成果', 'outcomes'),
  outcomesEn: optional('course', '英文学习成果', 'outcomes_en'),
  audience: needed('course', '适合人群', 'audience'),
  audienceEn: optional('course', '英文适合人群', 'audience_en'),
  industry: needed('course', '行业', 'industry'),
  trade: optional('course', '工种', 'trade'),
  level: optional('course', '等级', 'level'),
  family: needed('course', '证书类别', 'family'),
  delivery: needed('course', '授课方式', 'delivery'),
  languages: optional('course', '语言', 'languages'),
  theoryHours: needed('course', '理论课时', 'theory_hours'),
  practiceHours: needed('course', '实操课时', 'practice_hours'),
  fee: needed('course', '标价(元)', 'fee_yuan'),
  ageMin: optional('course', '年龄下限', 'age_min'),
  ageMax: optional('course', '年龄上限', 'age_max'),
  education: optional('course', '学历要求', 'education'),
  health: optional('course', '健康承诺', 'health_commitment'),
  certificate: optional('course', '前置证书', 'prior_certificate'),
  courseState: optional('course', '课程状态', 'course_state'),
  image: optional('course', '图片', 'image'),
  imageAlt: optional('course', '图片说明', 'image_alt'),
  imageAltEn: optional('course', '图片英文说明', 'image_alt_en'),
  runCode: optional('run', '期编码', 'run_code'),
  runName: needed('run', '期名称', 'run_name'),
  runNameEn: optional('run', '期英文名', 'run_name_en'),
  opens: needed('run', '报名开始', 'opens_at'),
  closes: needed('run', '报名截止', 'closes_at'),
  capacity: needed('run', '名额', 'capacity'),
  price: needed('run', '价格(元)', 'price_yuan'),
  cancelHours: optional('run', '退出期限(小时)', 'cancel_hours'),
  runRegion: optional('run', '开班地区', 'run_region'),
  venueCode: optional('venue', '场地编码', 'venue_code'),
  venueName: optional('venue', '场地名称', 'venue_name'),
  venueNameEn: optional('venue', '场地英文名', 'venue_name_en'),
  address: optional('venue', '场地地址', 'address'),
  addressEn: optional('venue', '场地英文地址', 'address_en'),
  room: optional('venue', '教室', 'room'),
  roomCapacity: optional('venue', '教室容量', 'room_capacity'),
  equipment: optional('venue', '教室设备', 'equipment'),
  meetings: needed('run', '上课时间', 'meetings'),
  runState: optional('run', '期状态', 'run_state'),
} satisfies Record<string, Column>

export type ColumnKey = keyof typeof columns
export const columnKeys = Object.keys(columns) as ColumnKey[]

const plain = (heading: string) =>
  heading
    .normalize('NFKC')
    .replace(/[\s*_]+/g, '')
    .replace(/\(.*\)$/, '')
    .toLowerCase()
const byHeading = new Map(
  columnKeys.flatMap((key) => [columns[key].zh, columns[key].en].map((name): [string, ColumnKey] => [plain(name), key])),
)
byHeading.set(plain('地区代码'), 'providerRegion')
byHeading.set(plain('状态'), 'runState')

/** The column a heading names, by its Chinese name or English alias; blanks, `*` and the unit in brackets do not count. */
export function columnOf(heading: string): ColumnKey | undefined {
  return byHeading.get(plain(heading))
}
