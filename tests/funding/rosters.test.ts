import { readFileSync } from 'node:fs'
import type { RosterReport } from '@skills/contract/rosters.routes.ts'
import { scanTable } from '@skills/core/books/books.table.ts'
import { readRoster } from '@skills/core/funding/roster-read.ts'
import { readSponsor } from '@skills/core/funding/sponsor.table.ts'
import { writeRoster } from '@skills/core/funding/write-roster.ts'
import { xlsxOf } from '@skills/core/xlsx.ts'
import { keys } from '@skills/core/keys.ts'
import { readItem } from '@skills/core/table.ts'
import type { Vault } from '@skills/core/people/personal-data.ts'
import { importRoster } from '@skills/functions/people/import-roster.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idNumber, mobileNumber, profileInput, startScene, type Scene } from '../people/people-scene.ts'
import { makeSponsor, operator, sponsorActor } from './funding-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())

const today = '2026-12-01'
const read = (text: string | Uint8Array) => readRoster(typeof text === 'string' ? Buffer.from(text) : text, today)
const codes = async (text: string | Uint8Array) => (await read(text)).remarks.map(({ row, column, code }) => [row, column, code])

describe('a list of people', () => {
  it('takes any usual encoding, separator and heading, and does not look at other columns', async () => {
    const rows = [
      ['序号', '姓名', '性别', '身份证号码', '手机号', '有效期至'],
      ['1', '欧阳 测试', '女', ` ${idNumber(1).toLowerCase()} `, '', '2027/6/30'],
      ['2', '买买提·测试', '男', '', '＋86 199 0000 0002', ''],
    ]
    const expected = [
      { row: 2, named: { kind: 'resident-id', number: idNumber(1), name: '欧阳 测试' }, until: '2027-06-30' },
      { row: 3, named: { kind: 'mobile', number: '+8619900000002', name: '买买提·测试' }, until: null },
    ]
    const text = (separator: string) => rows.map((row) => row.join(separator)).join('\r\n')
    const utf16 = Buffer.from(`\ufeff${text('\t')}`, 'utf16le')
    for (const file of [text(','), `\ufeff${text(';')}`, utf16, xlsxOf(rows)]) expect((await read(file)).good).toEqual(expected)
    const gbk = Buffer.from([
      0xd0,
      0xd5,
      0xc3,
      0xfb,
      0x2c,
      ...Buffer.from('mobile\r\n'),
      0xb2,
      0xe2,
      0xca,
      0xd4,
      0x2c,
      ...Buffer.from(mobileNumber(3)),
    ])
    expect(await read(gbk)).toMatchObject({ encoding: 'gb18030', good: [{ named: { name: '测试', number: `+86${mobileNumber(3)}` } }] })
  })
  it('says of every row what is wrong with it, and never what it held', async () => {
    const sheet = [
      '姓名,身份证号,手机号,有效期',
      `,${idNumber(1)},,`,
      `=HYPERLINK(1),${idNumber(1)},,`,
      '测试,,,',
      '测试,110105199003071,,',
      `测试,${idNumber(1).slice(0, 17)}${idNumber(1).endsWith('0') ? '1' : '0'},,`,
      '测试,1.10105E+17,,',
      '测试,110105199003077000,,',
      '测试,,12345678901,',
      `测试,${idNumber(1)},,46022`,
      `测试,${idNumber(1)},,2026-02-30`,
      `测试,${idNumber(1)},,2026-11-30`,
      `测试,${idNumber(1)},,2040-01-01`,
      '',
      `测试,${idNumber(1)},,`,
      `测试,'${idNumber(1)},,`,
    ].join('\n')
    expect(await codes(sheet)).toEqual([
      [2, '姓名', 'required'],
      [3, '姓名', 'characters'],
      [4, null, 'number-missing'],
      [5, '身份证号', 'id-15-digits'],
      [6, '身份证号', 'id-checksum'],
      [7, '身份证号', 'id-precision-lost'],
      [8, '身份证号', 'id-precision-lost'],
      [9, '手机号', 'phone-format'],
      [10, '有效期', 'date-serial'],
      [11, '有效期', 'date'],
      [12, '有效期', 'out-of-range'],
      [13, '有效期', 'out-of-range'],
      [16, null, 'row-repeated'],
    ])
    expect(JSON.stringify((await read(sheet)).remarks)).not.toMatch(/\d{6}|HYPERLINK/)
  })
  it.each([
    ['empty', ''],
    ['header-only', '姓名,手机号\r\n\r\n'],
    ['missing-columns', `姓名,单位\r\n测试,x`],
    ['missing-columns', `身份证号\r\n${idNumber(1)}`],
    ['repeated-columns', `姓名,name,手机号\r\na,b,${mobileNumber(1)}`],
    ['old-excel', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1)],
    ['workbook', Uint8Array.of(0x50, 0x4b, 3, 4)],
    ['too-many-rows', `姓名,手机号\r\n${'测试,1\r\n'.repeat(20_001)}`],
  ])('as a whole is refused: %s', async (reasonCode, file) => {
    await expect(read(file)).rejects.toMatchObject({ code: 'import-rejected', members: { reasonCode } })
  })
})

type Asked = { write?: 'yes'; until?: string; actor?: ReturnType<typeof sponsorActor> }
async function imported(sponsorId: string, file: string, { write, until = '2027-12-31', actor }: Asked = {}): Promise<RosterReport> {
  const { world, vault } = scene
  const query = { until, write }
  return importRoster(world, vault, { actor: actor ?? operator(world), params: { sponsorId }, query, body: Buffer.from(file) })
}
const counts = ({ rows, matched, unmatched, malformed, notReached }: RosterReport) => ({ rows, matched, unmatched, malformed, notReached })
const unionsOf = async (person: string) =>
  ((await readItem(scene.world.table, keys.union.key(person)))?.['unions'] ?? []) as { sponsorId: string; path: string[]; until: string }[]
const flags = async () => (await scanTable(scene.world.table)).filter(({ pk }) => pk.startsWith('ROSTER#'))

describe('importing', () => {
  it('flags people who are registered and those who come later; a dry run and a second import change nothing', async () => {
    const { world } = scene
    const city = await makeSponsor(world, (await makeSponsor(world)).id)
    const [early, late, byMobile] = [scene.person(), scene.person(), scene.person()]
    await scene.register(early, profileInput(101))
    await scene.register(byMobile, profileInput(103))
    const sheet = `姓名,身份证号,手机号\r\n测试员,${idNumber(101)},\r\n测试员,${idNumber(102)},\r\n测试员,,${mobileNumber(103)}\r\n别人,${idNumber(103)},\r\n,,\r\n坏,,x`
    const expected = { rows: 5, matched: 2, unmatched: 2, malformed: 1, notReached: 0 }
    const dry = await imported(city.id, sheet)
    expect([counts(dry), dry.written, (await flags()).length, await unionsOf(early)]).toEqual([expected, false, 0, []])
    expect(dry.remarks.map(({ row, code }) => [row, code])).toEqual([
      [3, 'unmatched'],
      [5, 'unmatched'],
      [7, 'phone-format'],
    ])
    expect(counts(await imported(city.id, sheet, { write: 'yes' }))).toEqual(expected)
    const union = { sponsorId: city.id, path: city.path, until: '2027-12-31' }
    expect([await unionsOf(early), await unionsOf(byMobile)]).toEqual([[union], [union]])

    const before = await flags()
    expect(before).toHaveLength(4)
    expect(counts(await imported(city.id, sheet, { write: 'yes' }))).toEqual(expected)
    expect([await flags(), await unionsOf(early)]).toEqual([before, [union]])

    await scene.register(late, profileInput(102))
    expect(await unionsOf(late)).toEqual([union])
    expect(counts(await imported(city.id, sheet))).toEqual({ ...expected, matched: 3, unmatched: 1 })
  })
  it('a new end counts, a second union stands beside the first, another name takes the flag away', async () => {
    const { world } = scene
    const [one, two] = [await makeSponsor(world), await makeSponsor(world)]
    const person = scene.person()
    await scene.register(person, profileInput(110))
    const sheet = `name,id number,until\r\n测试员,${idNumber(110)},2027-01-31\r\n`
    await imported(one.id, sheet, { write: 'yes' })
    await imported(two.id, `name,mobile\r\n测试员,${mobileNumber(110)}\r\n`, { write: 'yes', until: '2028-01-31' })
    const ends = async () => (await unionsOf(person)).map(({ sponsorId, until }) => [sponsorId, until])
    expect((await ends()).sort()).toEqual(
      [
        [one.id, '2027-01-31'],
        [two.id, '2028-01-31'],
      ].sort(),
    )
    await imported(one.id, sheet.replace('2027-01', '2029-01'), { write: 'yes' })
    expect(await ends()).toContainEqual([one.id, '2029-01-31'])
    await scene.register(person, profileInput(110, { realName: '另一个名字' }))
    expect(await unionsOf(person)).toEqual([])
    await scene.register(person, profileInput(110))
    expect(await ends()).toHaveLength(2)
  })
  it('rosters and profiles that meet at the same moment find each other', async () => {
    const sponsor = await makeSponsor(scene.world)
    const people = Array.from({ length: 12 }, (_, n) => ({ person: scene.person(), n: 200 + n }))
    const sheet = `姓名,身份证号\r\n${people.map(({ n }) => `测试员,${idNumber(n)}`).join('\r\n')}`
    await Promise.all([
      imported(sponsor.id, sheet, { write: 'yes' }),
      ...people.map(({ person, n }) => scene.register(person, profileInput(n))),
    ])
    for (const { person } of people) expect(await unionsOf(person)).toHaveLength(1)
  })
  it('out of time, or with a key service that fails, it says where it stopped, and goes on from there', async () => {
    const { world, vault } = scene
    const sponsor = await makeSponsor(world)
    const item = await readSponsor(world.table, sponsor.id)
    if (item === undefined) throw new Error('the union is gone')
    const lines = Array.from({ length: 250 }, (_, n) => `测试员,${mobileNumber(1000 + n)}`)
    const sheet = await read(`姓名,手机号\n测试员,x\n${lines.join('\n')}`)
    const settings = { sponsor: item, until: '2027-12-31', write: true, by: world.id('person'), budgetMs: 1_000 }
    let hashes = 0
    const counting: Vault = { ...vault, hashOf: (domain, value) => ((hashes += 1), vault.hashOf(domain, value)) }
    const hasty = { ...world, tick: () => (hashes < 400 ? 0 : 1_000_000) }
    const first = await writeRoster(hasty, counting, sheet, settings)
    expect(first).toMatchObject({ rows: 251, unmatched: 200, malformed: 1, notReached: 50, next: 203 })
    const second = await writeRoster(world, vault, sheet, { ...settings, from: first.next ?? 0 })
    expect(second).toMatchObject({ unmatched: 50, malformed: 0, notReached: 0, next: null })
    const own = (await flags()).filter(({ sk }) => sk === `SPONSOR#${sponsor.id}`)
    expect(own).toHaveLength(250)
    const failing = { ...vault, hashOf: () => Promise.reject(Object.assign(new Error('throttled'), { $metadata: {} })) }
    expect(await writeRoster(world, failing, sheet, settings)).toMatchObject({ unmatched: 0, notReached: 250, next: 3 })
  })
  it('is for managers of the union or above; for others there is no such union', async () => {
    const { world } = scene
    const above = await makeSponsor(world)
    const below = await makeSponsor(world, above.id)
    const sheet = `姓名,身份证号\r\n测试员,${idNumber(120)}`
    const by = (sponsorId: string, role?: 'sponsor:reviewer') => imported(below.id, sheet, { actor: sponsorActor(world, sponsorId, role) })
    await expect(by(above.id)).resolves.toMatchObject({ rows: 1 })
    await expect(by(below.id, 'sponsor:reviewer')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(by((await makeSponsor(world)).id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(imported(world.id('sponsor'), sheet)).rejects.toMatchObject({ code: 'not-found' })
    for (const until of ['2026-11-30', '2040-01-01'])
      await expect(imported(below.id, sheet, { until })).rejects.toMatchObject({ code: 'validation-failed' })
  })
  it('leaves no name and no number in the table, the report or a file', async () => {
    const sponsor = await makeSponsor(scene.world)
    const canaries = Array.from({ length: 60 }, (_, n) => ({
      name: `金丝雀${String.fromCodePoint(0x4e00 + n)}`,
      id: idNumber(300 + n),
      mobile: mobileNumber(300 + n),
    }))
    const known = canaries.slice(0, 5)
    for (const [n, { name }] of known.entries()) await scene.register(scene.person(), profileInput(300 + n, { realName: name }))
    const lines = canaries.map(({ name, id, mobile }, n) => `${name},${n % 2 === 0 ? id : ''},${mobile},${n % 7 === 0 ? 'x' : ''}`)
    const sheet = `姓名,身份证号,手机号,有效期\r\n${lines.join('\r\n')}`
    const report = await imported(sponsor.id, sheet, { write: 'yes' })
    expect(report).toMatchObject({ rows: 60, malformed: 9, matched: 4 })
    const places = { table: JSON.stringify(await scanTable(scene.world.table)), report: JSON.stringify(report) }
    const values = canaries.flatMap(({ name, id, mobile }) => [name, id, mobile])
    for (const [where, text] of Object.entries(places)) {
      expect(
        values.filter((value) => text.includes(value)),
        where,
      ).toEqual([])
    }
    // Control: the sheet itself holds them all.
    expect(values.filter((value) => sheet.includes(value)).length).toBeGreaterThan(100)
    expect(readFileSync(import.meta.filename, 'utf8')).not.toContain(canaries[0]?.id)
  })
})
