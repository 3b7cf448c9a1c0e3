import { columnKeys, columns, type ColumnKey } from './import-columns.ts'

const evening: Partial<Record<ColumnKey, string>> = {
  providerCode: 'EXAMPLE-01',
  providerName: '示例职业培训学校',
  providerNameEn: 'Example Training School',
  providerAbout: '面向一线职工的职业培训学校。',
  providerAboutEn: 'A training school for workers.',
  providerRegion: '海口市',
  courseCode: 'LV-ELEC',
  title: '低压电工作业安全技术培训',
  titleEn: 'Low-voltage electrician: safety training',
  summary: '学习低压电气安全知识，完成实操训练，为参加应急管理部门组织的考试做准备。',
  summaryEn: 'Electrical safety and supervised practice, to prepare for the examination held by the authority.',
  outcomes: '会停电验电挂牌;会触电急救',
  outcomesEn: 'Isolate, test and tag a circuit;Give first aid after electric shock',
  audience: '准备从事低压电工作业的职工',
  audienceEn: 'Workers preparing for low-voltage electrical work',
  industry: '制造与电力',
  trade: '低压电工作业',
  family: '特种作业操作证',
  delivery: '集中面授',
  languages: '中文',
  theoryHours: '40',
  practiceHours: '24',
  fee: '980',
  ageMin: '18',
  ageMax: '60',
  education: '初中',
  health: '是',
  courseState: '发布',
  runCode: 'LV-ELEC-01',
  runName: '晚间班',
  runNameEn: 'Evening run',
  opens: '2026-12-01 09:00',
  closes: '2026-12-20 18:00',
  capacity: '40',
  price: '0',
  cancelHours: '24',
  runRegion: '海口市',
  venueCode: 'CAMPUS-A',
  venueName: '示例校区',
  venueNameEn: 'Example campus',
  address: '示例路 1 号',
  addressEn: '1 Example Road',
  room: '201 教室',
  roomCapacity: '40',
  equipment: '投影;配电实训柜',
  meetings: '2027-01-04..2027-01-28 每周一三 18:30-21:00 理论;2027-01-30 09:00-12:00 实操',
  runState: '草稿',
}

const courseOnly: Partial<Record<ColumnKey, string>> = {
  ...Object.fromEntries(columnKeys.filter((key) => columns[key].part === 'provider').map((key) => [key, evening[key] ?? ''])),
  courseCode: 'COFFEE',
  title: '咖啡制作入门（只导入课程，不含开班）',
  titleEn: 'First steps in coffee (a course without a run)',
  summary: '从认识咖啡豆到独立完成一杯意式浓缩。',
  summaryEn: 'From the bean to your own espresso.',
  audience: '对咖啡感兴趣的职工',
  audienceEn: 'Workers who like coffee',
  industry: '旅游业',
  trade: '咖啡师',
  family: '培训结业',
  delivery: '集中面授',
  languages: '中文',
  theoryHours: '4',
  practiceHours: '8',
  fee: '360.50',
  courseState: '草稿',
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

/** The import template: a CSV in UTF-8 with a byte order mark (so that spreadsheet programs read it), Chinese headings and two example rows. */
export function importTemplate(): string {
  const lines = [columnKeys.map((key) => columns[key].zh), ...[evening, courseOnly].map((row) => columnKeys.map((key) => row[key] ?? ''))]
  return '\ufeff' + lines.map((cells) => cells.map(quoted).join(',') + '\r\n').join('')
}
