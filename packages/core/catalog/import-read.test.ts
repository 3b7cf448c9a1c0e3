import { existsSync, readFileSync } from 'node:fs'
import { Refusal } from '@skills/contract/refusals.ts'
import { expect, test } from 'vitest'
import { columnKeys, columns, type ColumnKey } from './import-columns.ts'
import { readImport } from './import-read.ts'
import { importReport } from './import-report.ts'
import { importTemplate } from './import-template.ts'

type Row = Partial<Record<ColumnKey, string>>
const utf8 = (text: string) => new TextEncoder().encode(text)
const template = readTemplate()

/** The example rows of the template as cells by column. */
function readTemplate(): [Row, Row] {
  const [, first = '', second = ''] = importTemplate().slice(1).split('\r\n')
  const cells = (line: string) =>
    Object.fromEntries(
      line
        .slice(1, -1)
        .split('","')
        .map((cell, index) => [columnKeys[index]!, cell]),
    )
  return [cells(first), cells(second)]
}

function csv(rows: Row[], heading = columnKeys.map((key): string => columns[key].zh), separator = ',', end = '\n'): string {
  const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator) + end
  return quoted(heading) + rows.map((row) => quoted(columnKeys.map((key) => row[key] ?? ''))).join('')
}

const example = (changes: Row = {}): Row => ({ ...template[0], ...changes })
const read = (rows: Row[]) => readImport(utf8(csv(rows)))
const reasonOf = async (bytes: Uint8Array) => {
  const refusal = await readImport(bytes).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(Refusal)
  expect((refusal as Refusal).code).toBe('import-rejected')
  return (refusal as Refusal).members['reasonCode']
}
const codesOf = async (changes: Row) => (await read([example(changes)])).remarks.map((one) => `${one.column} ${one.code}`)

test('the template is a good file', async () => {
  const { encoding, rows, good, remarks } = await readImport(utf8(importTemplate()))
  expect({ encoding, rows, remarks }).toEqual({ encoding: 'utf-8', rows: 2, remarks: [] })
  const { provider, venue, course, run } = good[0]!.value
  expect(provider).toMatchObject({ code: 'EXAMPLE-01', region: '460100' })
  expect(venue).toMatchObject({ code: 'CAMPUS-A', rooms: [{ name: '201 教室', capacity: 40, equipment: ['投影', '配电实训柜'] }] })
  expect(course).toMatchObject({ trade: 'low-voltage-electrician', family: 'special-operations', feeFen: 98_000, state: 'published' })
  expect(course.conditions).toEqual([
    { kind: 'age', min: 18, max: 60 },
    { kind: 'education', atLeast: 'junior-middle' },
    { kind: 'health-commitment' },
  ])
  expect(run).toMatchObject({
    opensAt: '2026-12-01T01:00:00.000Z',
    capacity: 40,
    priceFen: 0,
    cancelUntilMinutes: 1440,
    region: '460100',
    state: 'draft',
  })
  expect(run!.meetings).toHaveLength(9)
  expect(run!.meetings[0]).toEqual({
    startsAt: '2027-01-04T10:30:00.000Z',
    endsAt: '2027-01-04T13:00:00.000Z',
    kind: 'classroom',
    room: '201 教室',
  })
  expect(good[1]!.value).toMatchObject({ run: null, venue: null, course: { feeFen: 36_050, trade: 'barista' } })
})

test('the same rows are read whatever the encoding, separator and line ends', async () => {
  const expected = (await read([example()])).good
  // 汉 is one of the letters that real GBK bytes are checked with: 0xBABA.
  const gbk = gbkOf(csv([example()]))
  const utf16 = new Uint8Array(Buffer.from('\ufeff' + csv([example()]), 'utf16le'))
  const forms: [string, Uint8Array][] = [
    ['gb18030', gbk],
    ['utf-16le', utf16],
    ['utf-16le', utf16.slice(2)],
    ['utf-16be', Uint8Array.from(utf16, (_, index) => utf16[index ^ 1]!)],
    ['utf-8', utf8('\ufeff' + csv([example()]))],
    ['utf-8', utf8(csv([example()], undefined, ';', '\r\n'))],
    ['utf-8', utf8(csv([example()], undefined, '\t', '\r'))],
    [
      'utf-8',
      utf8(
        csv(
          [example()],
          columnKeys.map((key) => columns[key].en),
        ),
      ),
    ],
  ]
  for (const [encoding, bytes] of forms) {
    const result = await readImport(bytes)
    expect({ encoding: result.encoding, good: result.good }).toEqual({ encoding, good: expected })
  }
})

test('a file that cannot be read is refused with its reason', async () => {
  const head = csv([]).trim()
  expect(await reasonOf(new Uint8Array())).toBe('empty')
  expect(await reasonOf(utf8(' \n\n'))).toBe('empty')
  expect(await reasonOf(utf8(head))).toBe('header-only')
  expect(await reasonOf(utf8(head + '\n,,,\n'))).toBe('header-only')
  expect(await reasonOf(utf8(csv([example()]).replace('"课程编码",', '')))).toBe('missing-columns')
  expect(await reasonOf(utf8(csv([example()]).replace('"机构英文名"', '"机构名称"')))).toBe('repeated-columns')
  expect(await reasonOf(utf8(csv([example()]).replace('"机构英文名"', '"手机号"')))).toBe('unknown-columns')
  expect(await reasonOf(utf8(csv([example()]) + '"open'))).toBe('quotes')
  expect(await reasonOf(utf8(csv([example()]) + 'a\0b'))).toBe('binary')
  expect(await reasonOf(new Uint8Array([0x81, 0xff, 0x20, 0xff]))).toBe('encoding')
  expect(await reasonOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]))).toBe('old-excel')
  expect(await reasonOf(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]))).toBe('workbook')
  expect(await reasonOf(utf8(head + '\n' + 'a\n'.repeat(20_001)))).toBe('too-many-rows')
  expect(await reasonOf(utf8(head + ',x'.repeat(101)))).toBe('too-many-columns')
})

const bank = new URL('../../../../shared/data/question-banks/electrician-choice.gbk.csv', import.meta.url)
test.skipIf(!existsSync(bank))('a GBK file of other content is refused by its columns, without repeating it', async () => {
  expect(await reasonOf(readFileSync(bank))).toBe('missing-columns')
})

test('one bad row never loses the good ones, and rows are numbered as the sheet shows them', async () => {
  const file = csv([example(), example({ runCode: 'R2', capacity: 'many' })]) + '\n' + csv([example({ runCode: 'R3' })]).split('\n')[1]!
  const { rows, good, remarks } = await readImport(utf8(file))
  expect({ rows, good: good.map((one) => one.row) }).toEqual({ rows: 3, good: [2, 5] })
  expect(remarks).toMatchObject([{ row: 3, column: '名额', code: 'integer' }])
  expect(JSON.stringify(remarks)).not.toContain('many')
})

test('one row in another encoding is refused alone', async () => {
  const [first, second, third] = [example(), example({ runCode: 'R2' }), example({ runCode: 'R3' })]
  const lines = (row: Row) => csv([row]).split('\n').slice(1).join('\n')
  const mixed = [utf8(csv([first])), gbkOf(lines(second)), utf8(lines(third))]
  const { encoding, good, remarks } = await readImport(new Uint8Array(Buffer.concat(mixed)))
  expect({ encoding, good: good.map((one) => one.row) }).toEqual({ encoding: 'utf-8', good: [2, 4] })
  expect(new Set(remarks.map((one) => `${one.row} ${one.code}`))).toContain('3 unreadable-characters')
})

test('whatever stands in a cell, a row ends good or with remarks that name its cell once and never say what it holds', async () => {
  const nasty = [
    '',
    ' ',
    '=1',
    "'x",
    '-',
    '0',
    '-1',
    '1e9',
    '45000',
    'NaN',
    '是',
    '；；',
    ';',
    '2026-13-45 25:61',
    '2026-12-01..2026-12-01 每周 1:1-2:2',
    'x'.repeat(5000),
    '\u202e',
    '"',
    '__proto__',
    '460100',
    'level-5',
    '低压电工作业:五级:',
  ]
  for (const key of columnKeys) {
    for (const value of nasty) {
      const { good, remarks } = await read([example({ [key]: value })])
      expect(good.length === 1).toBe(remarks.length === 0)
      const cells = remarks.map((one) => `${one.column} ${one.code}`)
      expect(new Set(cells).size).toBe(cells.length)
      if (value.length > 20) expect(JSON.stringify(remarks)).not.toContain(value)
    }
  }
})

test.each<[Row, string[]]>([
  [{ title: '=1+1' }, ['课程名称 formula']],
  [{ title: '＠SUM(A1)' }, ['课程名称 formula']],
  [{ title: '\t-2+3' }, ['课程名称 formula']],
  [{ title: 'a\u0007b' }, ['课程名称 control-character']],
  [{ title: '锟\ufffd' }, ['课程名称 unreadable-characters']],
  [{ title: '长'.repeat(121) }, ['课程名称 too-long']],
  [{ title: ' ' }, ['课程名称 required']],
  [{ courseCode: 'A B' }, ['课程编码 code']],
  [{ providerRegion: '北京市' }, ['机构地区 unknown-term']],
  [{ industry: 'mining' }, ['行业 unknown-term']],
  [{ fee: '9.995' }, ['标价(元) not-whole-fen']],
  [{ fee: '1,28' }, ['标价(元) money']],
  [{ price: '1000001' }, ['价格(元) too-expensive']],
  [{ health: '也许' }, ['健康承诺 yes-no', 'null special-operations-conditions']],
  [{ ageMin: '16' }, ['null special-operations-conditions']],
  [{ ageMin: '18', ageMax: '17' }, ['年龄上限 age-range']],
  [{ trade: '电工作业' }, ['工种 unknown-term']],
  [{ trade: '咖啡师' }, ['工种 trade-not-for-family']],
  [{ trade: '', family: '职业技能等级' }, ['等级 level-missing']],
  [{ level: '五级' }, ['等级 level-not-for-family']],
  [{ certificate: '低压电工作业;飞行员' }, ['前置证书 unknown-term']],
  [{ outcomesEn: 'one' }, ['英文学习成果 outcomes-differ']],
  [{ languages: 'fr' }, ['语言 language']],
  [{ opens: '45000' }, ['报名开始 date-serial']],
  [{ opens: '2026-02-30 09:00' }, ['报名开始 date-time']],
  [{ opens: '2026-12-01' }, ['报名开始 date-time']],
  [{ closes: '2026-12-01 09:00' }, ['报名截止 closes-before-opens']],
  [{ closes: '2027-01-04 18:31' }, ['报名截止 closes-after-start']],
  [{ capacity: '41' }, ['名额 above-room']],
  [{ capacity: '0' }, ['名额 integer']],
  [{ meetings: '2027-01-04 18:30' }, ['上课时间 meetings']],
  [{ meetings: '2027-01-04 18:30-18:30' }, ['上课时间 meeting-ends-first']],
  [{ meetings: '2027-01-04..2027-01-05 每周六 18:30-20:30' }, ['上课时间 meeting-none']],
  [{ meetings: '2027-01-04 18:30-20:30;2027-01-04 20:00-21:00' }, ['上课时间 meetings-overlap']],
  [{ meetings: '2027-01-04..2027-12-31 每天 18:30-20:30' }, ['上课时间 meetings-too-many']],
  [{ venueCode: '' }, ['场地编码 venue-needed']],
  [{ courseState: '草稿', runState: '发布' }, ['期状态 published-in-draft']],
])('%j is refused with %j', async (changes, expected) => {
  expect(await codesOf(changes)).toEqual(expected)
})

test('what people write is understood', async () => {
  const { good, remarks } = await read([
    example({
      opens: '2026/12/1 9:00',
      closes: '2026年12月20日 18：00',
      fee: '¥1,280.5元',
      capacity: '４０',
      meetings: '2027/1/4 18：30～20：30 理论；2027-01-05..2027-01-09 daily 9:00-10:00 直播',
    }),
  ])
  expect(remarks).toEqual([])
  expect(good[0]!.value.course.feeFen).toBe(128_050)
  expect(good[0]!.value.run).toMatchObject({ opensAt: '2026-12-01T01:00:00.000Z', closesAt: '2026-12-20T10:00:00.000Z', capacity: 40 })
  expect(good[0]!.value.run!.meetings.map((one) => one.room)).toEqual(['201 教室', null, null, null, null, null])
})

test('rows of one file must agree, and rooms of a venue are gathered', async () => {
  const rows = [
    example(),
    example({ runCode: 'R2', room: '305', roomCapacity: '60' }),
    example({ runCode: 'R3', title: '另一门课' }),
    example({ runCode: 'R4', roomCapacity: '50' }),
    example({ runCode: 'R2', room: '305', roomCapacity: '60' }),
  ]
  const { good, remarks } = await read(rows)
  expect(good.map((one) => one.value.venue!.rooms.map((room) => room.name))).toEqual([
    ['201 教室', '305'],
    ['201 教室', '305'],
  ])
  expect(remarks.map((one) => `${one.row} ${one.column} ${one.code}`)).toEqual([
    '4 课程编码 conflict',
    '5 教室 conflict',
    '6 期编码 run-repeated',
  ])
})

test('the report counts every row once', async () => {
  const result = await read([example(), example({ runCode: 'R2', capacity: 'x', price: 'y' }), example({ runCode: 'R3' })])
  const late = [{ row: 4, column: null, code: 'below-seats-taken', detail: { zh: '…', en: '…' } }]
  const outcomes = [
    { row: 2, outcome: 'created' as const },
    { row: 4, outcome: late },
  ]
  const report = importReport({ importId: 'imp_0', written: false, read: result, outcomes })
  expect(report).toMatchObject({ rows: 3, created: 1, changed: 0, unchanged: 0, rejected: 2 })
  expect(report.remarks.map((one) => one.row)).toEqual([3, 3, 4])
})

/** Real GBK bytes: the strict decoder is turned around, as the platform has no encoder. */
function gbkOf(text: string): Uint8Array {
  const decoder = new TextDecoder('gbk')
  const table = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const letter = decoder.decode(new Uint8Array([high, low]))
      if (letter.length === 1 && letter !== '\ufffd') table.set(letter, [high, low])
    }
  }
  expect(table.get('汉')).toEqual([0xba, 0xba])
  return new Uint8Array([...text].flatMap((letter) => (letter < '\x80' ? [letter.charCodeAt(0)] : (table.get(letter) ?? []))))
}

test('a picture is an address on this site with its size and words; anything else is remarked', async () => {
  const picture = { image: '/art/coffee.svg 1200x750', imageAlt: '手冲咖啡', imageAltEn: 'Hand drip coffee' }
  const { good } = await read([example(picture)])
  expect(good[0]?.value.course.images).toEqual([
    { src: '/art/coffee.svg', width: 1200, height: 750, alt: { zh: '手冲咖啡', en: 'Hand drip coffee' } },
  ])
  expect((await read([example()])).good[0]?.value.course.images).toEqual([])
  for (const image of [
    'https://elsewhere.example/a.png 10x10',
    '//elsewhere.example/a.png 10x10',
    '/a.png',
    '/../a.png 100x100',
    '/a.exe 100x100',
  ])
    expect(await codesOf({ ...picture, image })).toEqual([`${columns.image.zh} image`])
  expect(await codesOf({ ...picture, imageAlt: '' })).toEqual([`${columns.image.zh} image`])
})
